"""The command line: one small module a command, loaded when it runs; `main` is the one error boundary."""
