"""How Chinese names are sorted and found: by pinyin, or its initials."""

import re
from functools import lru_cache
from typing import Self

from django.db import models
from django.db.models import Q


@lru_cache(maxsize=8192)
def _syllable(sign: str) -> str:
    from pypinyin import Style, lazy_pinyin  # 10 MB that only writing a name needs

    return lazy_pinyin(sign, style=Style.TONE3)[0]


def name_key(name: str) -> str:
    """The pinyin by which a Chinese name is sorted: «张三» → «zhang1 san1». One character at a time: names are not phrases."""
    return " ".join(_syllable(sign) for sign in name)[:200]


def pinyin_pattern(letters: str) -> str:
    """The pattern of sort keys for which the letters stand: «zhangsan», «zhang1», «zhs» and «zs» for «zhang1 san1».

    After each letter comes the next one of the syllable or the first one of the next syllable.
    """
    return r"\m" + "([a-z]*[0-9]* )?".join(letters)


class NamedQuerySet(models.QuerySet):
    def best_first(self, words: str) -> Self:
        """By name; first those whose name begins with the words or with these letters."""
        begins = Q(name__istartswith=words) | Q(name_key__istartswith=words)
        return self.order_by(models.Case(models.When(begins, then=0), default=1), "name_key", "pk")

    def search(self, words: str) -> Self:
        """Rows whose name contains the words typed, or for whose pinyin or its initials the letters stand."""
        words = words.strip()
        if not words:
            return self
        found = Q(name__icontains=words)
        letters = re.sub(r"[\s'’]", "", words.lower())
        if re.fullmatch(r"[a-z][a-z0-9]*", letters):
            found |= Q(name_key__regex=pinyin_pattern(letters))
        return self.filter(found)
