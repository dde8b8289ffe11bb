"""Redis servers, Sentinels and clusters as processes of the test run, and clients of them."""
