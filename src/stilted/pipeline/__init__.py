"""From text or file to a report: load, join, validate, detect, judge."""
