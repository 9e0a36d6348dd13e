"""Probabilities, each computed another way than the tool computes it."""
import math
from fractions import Fraction


def so_few(late, late_count, early, early_count):
    """Fisher's exact test, one-sided: the chance of at most `late` successes among the last cases, in whole numbers."""
    successes, count = late + early, late_count + early_count
    ways = sum(
        math.comb(successes, x) * math.comb(count - successes, late_count - x)
        for x in range(max(0, late_count - (count - successes)), late + 1)
    )
    return float(Fraction(ways, math.comb(count, late_count)))


def student_tail(score, degrees):
    """The chance that Student's t lies further from 0 than `score`: the integral of cos^(n-1) by Simpson's rule.

    With t = sqrt(n) tan(a) the density becomes a power of the cosine; what lies beyond e^-60 of its start is nothing.
    """
    start, power = math.atan(abs(score) / math.sqrt(degrees)), degrees - 1
    scale = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2) - 0.5 * math.log(math.pi)
    stop = math.pi / 2
    if power > 0 and start > 0:
        stop = min(stop, start + 60 / (power * math.tan(start)))
    steps = 20_000
    width = (stop - start) / steps

    def height(place):
        cosine = math.cos(start + place * width)
        return math.exp(scale + power * math.log(cosine)) if cosine > 0 else float(power == 0)

    total = sum((4 if place % 2 else 2) * height(place) for place in range(1, steps))
    return min(1.0, 2 * width / 3 * (height(0) + total + height(steps)))


class Scale:
    """Median and scaled median absolute deviation of numbers; `median` tells what that of an even number is."""

    def __init__(self, values, median):
        self.count, self.middle = len(values), median(sorted(values))
        self.deviation = 1.4826022185056018 * median(sorted(abs(value - self.middle) for value in values))

    def chance(self, value, least):
        """How probable it is that one is so far from the middle; the deviation is an estimate and counts as such."""
        return student_tail((value - self.middle) / max(self.deviation, least), max(1, 0.3675 * self.count))
