"""Measurements of one run, as ratios: script/bench [NAME…]."""
