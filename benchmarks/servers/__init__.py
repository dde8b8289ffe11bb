"""The servers under test. Each is a program that prints its address when it is ready."""
