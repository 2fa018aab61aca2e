"""What the product says of real projects, and how often a reader agrees."""
