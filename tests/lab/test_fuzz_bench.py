"""Damaged files end in errors that say what is wrong, and in nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stilted.core.errors import UserError
from stilted.lab.benches import fuzz
from stilted.lab.benches.fuzz.mutate import numbers
from stilted.lab.benches.fuzz.targets import Target, list_targets

INPUTS = 400


@pytest.mark.long
def test_no_damage_is_met_by_anything_but_an_error_that_says_so() -> None:
    defects = [defect for defect in fuzz.run(7, number=INPUTS) if defect is not None]
    assert defects == []


def test_files_in_good_order_are_read(tmp_path: Path) -> None:
    for target in list_targets():
        for data in target.seeds:
            assert target.run(data, tmp_path) is None


def test_an_input_depends_on_its_seed_and_number_alone() -> None:
    known = list_targets()
    one = [fuzz.make_input(3, number, known)[1] for number in range(60)]
    assert one == [fuzz.make_input(3, number, list_targets())[1] for number in range(60)]
    assert one != [fuzz.make_input(4, number, known)[1] for number in range(60)]


def test_a_defect_is_told_with_its_input(tmp_path: Path) -> None:
    def fragile(data: bytes, folder: Path) -> None:
        if b"9" in data:
            raise ZeroDivisionError("nine")
        raise UserError("no nine")

    known = [Target("fragile", fragile, (b"1 2 3",), (numbers,))]
    outcomes = [fuzz.attack(1, number, known, tmp_path) for number in range(200)]
    defects = [each for each in outcomes if each is not None]
    assert 0 < len(defects) < 200
    assert all(each.what.startswith("ZeroDivisionError in test_fuzz_bench.py:") for each in defects)
    assert defects[0].write_command() == f"python -m stilted.lab.benches.fuzz 0 1 --only {defects[0].number}"


@pytest.mark.long
def test_the_command_says_how_much_was_tried() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stilted.lab.benches.fuzz", "0.5", "9"], capture_output=True, text=True, check=False
    )
    assert done.stdout.endswith(" inputs, 0 defects of 0 kinds\n"), done.stdout + done.stderr
    assert done.returncode == 0
