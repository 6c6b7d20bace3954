"""The draw of clubs, to be run again by anybody: python3 redraw.py draw.json

Children go in the order of SHA-256("seed:number"). Round after round each in turn
gets the first of its choices that has a free place and none of its slots taken; every second round goes backwards. A club
with fewer children than its least is dropped, the one that lacks most first, and all is drawn again.
"""

import hashlib
import json
import pathlib
import sys


def order_of(data: dict) -> list[dict]:
    def key(child: dict) -> tuple:  # files of before August 2026 have tiers
        return child.get("tier", 1), hashlib.sha256(f"{data['seed']}:{child['number']}".encode()).hexdigest()

    return sorted(data["children"], key=key)


def give(data: dict, children: list[dict], gone: set) -> list[list]:
    """[[round, number of the child, club], …] in the order in which places were given."""
    free = {club["id"]: club["places"] for club in data["clubs"] if club["id"] not in gone}
    slots = {club["id"]: set(club["slots"]) for club in data["clubs"]}
    busy = {child["number"]: set(child["busy"]) for child in children}
    wants = {child["number"]: [c for c in child["choices"] if free.get(c)] for child in children}
    left = {child["number"]: child["most"] for child in children}
    given, turn, line = [], 1, list(left)
    while line:
        for number in line if turn % 2 else reversed(line):
            got = next((c for c in wants[number] if free[c] and not slots[c] & busy[number]), None)
            left[number] = left[number] - 1 if got else 0  # places only decrease, so later rounds find nothing either
            if got:
                free[got] -= 1
                busy[number] |= slots[got]
                given.append([turn, number, got])
        turn, line = turn + 1, [number for number in line if left[number]]
    return given


def draw(data: dict) -> dict:
    children = order_of(data)
    dropped: dict[int, int] = {}
    while True:
        given = give(data, children, set(dropped))
        size = {club["id"]: club["there"] for club in data["clubs"]}
        for _turn, _number, club in given:
            size[club] += 1
        short = [(size[c["id"]] - c["least"], c["id"]) for c in data["clubs"] if c["id"] not in dropped]
        if min(short, default=(0, 0))[0] >= 0:
            return {"dropped": [list(pair) for pair in dropped.items()], "given": given}
        dropped[min(short)[1]] = size[min(short)[1]]


if __name__ == "__main__":
    file = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
    seed_holds = hashlib.sha256(file["seed"].encode()).hexdigest() == file["seed_sha256"]
    same = draw(file) == file["outcome"]
    sys.stdout.write(f"seed as announced: {seed_holds}, outcome the same: {same}\n")
    sys.exit(0 if seed_holds and same else 1)
