"""Greetings: python3 -m greetings NAME"""

import sys


def greet(name: str) -> str:
    return f"Hello, {name}!"


if __name__ == "__main__":
    print(greet(" ".join(sys.argv[1:]) or "world"))
