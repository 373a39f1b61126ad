"""The one front door: every act of a key or of a command is a method of `library.Library`."""
