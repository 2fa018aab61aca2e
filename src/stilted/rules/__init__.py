"""Everything that can yield a hit: phrase packs (data), checks (code), the tagger (a model) and glossaries."""
