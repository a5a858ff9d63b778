"""Training: losses, back-propagation, optimizers, initialization and regularization."""
