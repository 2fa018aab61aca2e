"""The workshop: readers of public MQM data, span and score measures, and `stilted evaluate`.

It may import everything; nothing in the product imports it but the command, lazily.
"""
