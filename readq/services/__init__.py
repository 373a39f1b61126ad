"""The network, and rules about the sites that papers live on."""
