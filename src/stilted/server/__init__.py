"""The language server: what CI would say of a file, while it is written; see `stilted.cli.lsp`."""
