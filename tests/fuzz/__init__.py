"""Broken input of every kind is tried: nothing but a `WenmaError` may come out."""
