"""The one front door: every act of a key or a command is a method of `Library`."""
