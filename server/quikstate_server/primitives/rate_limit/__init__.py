"""Rate limits: whether something may happen now, decided and charged in one script."""
