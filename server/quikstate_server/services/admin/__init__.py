"""AdminService: what a server and its Redis are doing, and the deletion of users."""
