"""Imported once by the server that workers are forked from, so that each finds rules and libraries read already.

It checks a text, since that reads all there is to read. Nothing here may begin a thread, which would not survive the
fork: numpy and onnxruntime do so when they are imported, therefore it needs neither.
"""

from __future__ import annotations

from contextlib import suppress

from stilted import api
from stilted.rules.tagger import model_files

with suppress(Exception):  # whatever is wrong is found again, and reported, by a worker
    of_a_model = [rule.id for rule in api.list_rules() if not rule.adds_penalty]
    api.check("The boats leave the harbour at six in the morning, and they come back before night.", ignore=of_a_model)
    if model_files.FILES.find_fault() is None:
        model_files.read_vocabulary()
