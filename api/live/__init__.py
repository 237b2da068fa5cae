"""Subscriptions over sockets and event streams."""
