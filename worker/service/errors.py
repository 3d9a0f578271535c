"""What ends an attempt from outside.

BaseException
└── ArticleTimeout   the time limit of the article ran out
"""

from __future__ import annotations


class ArticleTimeout(BaseException):
    """The time limit of an article ran out.

    Not an ``Exception``, so that no ``except Exception`` on the way swallows it.
    """
