"""The comparison's reference values, computed by SciPy.

Debian: apt-get install python3-scipy && /usr/bin/python3 bench/compare/reference.py
"""
import numpy as np
from scipy import stats
from scipy.stats.mstats import hdquantiles

a = np.array([100 + (37 * i) % 101 for i in range(40)], float)
b = np.array([110 + 1.1 * ((53 * i) % 97) for i in range(60)])
m, n = len(a), len(b)

test = stats.mannwhitneyu(b, a, use_continuity=True, alternative="two-sided", method="asymptotic")
print("U", test.statistic, "p", test.pvalue, "superiority", test.statistic / (m * n))

k = int(np.floor(m * n / 2 - stats.norm.ppf(0.975) * np.sqrt(m * n * (m + n + 1) / 12)))
shifts = np.sort((b[:, None] - a[None, :]).ravel())
ratios = np.sort((np.log(b)[:, None] - np.log(a)[None, :]).ravel())
print("shift", np.median(shifts), [shifts[k], shifts[m * n - 1 - k]])
print("ratio", np.exp(np.median(ratios)), [np.exp(ratios[k]), np.exp(ratios[m * n - 1 - k])])
for q in (0.5, 0.75, 0.95):
    print("Harrell-Davis", q, float(hdquantiles(a, [q])[0]), float(hdquantiles(b, [q])[0]))

x = [10, 11, 12, 12, 13, 15, 18, 22, 30, 60]
y = [12, 13, 14, 14, 16, 19, 24, 30, 41, 90, 95, 100]
print("ties", stats.mannwhitneyu(y, x, use_continuity=True, alternative="two-sided", method="asymptotic"))

x = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
y = [1.15, 0.88, 0.90, 0.74, 1.21]
print("exact", stats.mannwhitneyu(x, y, method="exact"))
print("exact", stats.mannwhitneyu([1, 2, 3, 4, 5], [6, 7, 8, 9, 10], method="exact").pvalue)
print("exact", stats.mannwhitneyu([1, 2, 3], [4, 5, 6], method="exact").pvalue)
print("Fisher", stats.fisher_exact([[3, 197], [12, 168]])[1])
print("Student", stats.t.ppf(0.975, [1, 2, 5, 8, 30]))
