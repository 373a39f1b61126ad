"""The commands, by what they are about; each is loaded when it is called."""
