"""quikstate servers of the test run, in this process and as processes of their own."""
