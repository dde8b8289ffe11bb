"""What the test run itself needs: the matrix, waiting, fault injection, valid requests."""
