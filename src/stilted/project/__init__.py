"""What a repository adds to a check: configuration, baseline, accepted phrases, git, fixes."""
