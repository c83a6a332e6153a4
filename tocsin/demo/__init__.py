"""The main job without a network: a small regulation in two dated editions, crawled from a server on loopback."""
