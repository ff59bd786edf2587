#!/usr/bin/env python3
"""Writes metrics.json: small seeded examples and their metrics by scikit-learn and numpy.

    python3 common/domain/src/test/golden/metric_golden.py common/domain/src/test/resources/golden

Written with scikit-learn 1.2.1 and numpy 1.24.2 (Debian 12). Undefined metrics are null.
"""
import json
import pathlib
import sys
import warnings

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve
from sklearn.utils.class_weight import compute_class_weight

warnings.filterwarnings("error")  # an undefined metric must not become 0
CLIP = 1e-15
MASK = 2**64 - 1


def number(value):
    value = float(value)
    return None if np.isnan(value) else "Infinity" if np.isinf(value) else value


def numbers(values):
    return [number(v) for v in values]


def mixed(z):
    z = ((z ^ z >> 30) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ z >> 27) * 0x94D049BB133111EB) & MASK
    return z ^ z >> 31


def draws(seed, resample, bound):
    """Draws by SplitMix64, one stream per resample; see SplitMix64.java."""
    gamma = 0x9E3779B97F4A7C15
    state = mixed((mixed(seed & MASK) + (resample + 1) * gamma) & MASK)
    for _ in range(bound):
        state = (state + gamma) & MASK
        yield ((mixed(state) >> 32) * bound) >> 32


def interval(statistic, groups, seed, resamples, confidence):
    """Computes an interval by repeating examples; the Java code uses multiplicities instead."""
    members = [np.flatnonzero(groups == g) for g in range(groups.max() + 1)]
    values = []
    for resample in range(resamples):
        index = np.concatenate([members[g] for g in draws(seed, resample, len(members))])
        value = statistic(index)
        if value is not None:
            values.append(value)
    tail = (1 - confidence) / 2
    lower, upper = np.quantile(values, [tail, 1 - tail]) if values else (np.nan, np.nan)
    return {"seed": seed, "resamples": resamples, "confidence": confidence, "lower": number(lower),
            "upper": number(upper), "defined": len(values)}


def confusion(y, p, threshold):
    tn, fp, fn, tp = metrics.confusion_matrix(y, p >= threshold, labels=[0, 1]).ravel()
    predicted = (p >= threshold).any()
    return {
        "threshold": threshold, "tp": int(tp), "fp": int(fp), "tn": int(tn), "fn": int(fn),
        "accuracy": number(metrics.accuracy_score(y, p >= threshold)),
        "recall": number(metrics.recall_score(y, p >= threshold)) if y.any() else None,
        "specificity": number(metrics.recall_score(y, p >= threshold, pos_label=0)) if not y.all() else None,
        "precision": number(metrics.precision_score(y, p >= threshold)) if predicted else None,
        "f1": number(metrics.f1_score(y, p >= threshold)) if predicted or y.any() else None,
    }


def case(name, y, p, bins, groups):
    y, p, groups = np.asarray(y, int), np.asarray(p, float), np.asarray(groups, int)
    both = 0 < y.sum() < len(y)
    fpr, tpr, thresholds = metrics.roc_curve(y, p, drop_intermediate=False) if both else ([], [], [])
    precision, recall, pr_thresholds = metrics.precision_recall_curve(y, p) if y.any() else ([], [], [])
    true_rate, mean_p = calibration_curve(y, p, n_bins=bins)
    # ECE by its definition, over the bins of calibration_curve.
    bin_of = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p)
    counts = np.bincount(bin_of, minlength=bins)
    ece = np.sum(counts[counts > 0] / len(y) * np.abs(true_rate - mean_p))
    clipped = np.clip(p, CLIP, 1 - CLIP)

    def auc(index):
        return metrics.roc_auc_score(y[index], p[index]) if 0 < y[index].sum() < len(index) else None

    def ap(index):
        return metrics.average_precision_score(y[index], p[index]) if y[index].any() else None

    weights = compute_class_weight("balanced", classes=np.array([0, 1]), y=y) if both else [None, None]
    return {
        "name": name, "labels": y.tolist(), "scores": p.tolist(), "groups": groups.tolist(), "bins": bins,
        "auc": number(metrics.roc_auc_score(y, p)) if both else None,
        # The first threshold is max + 1 or infinity, depending on sklearn's version; its point (0, 0) is left out.
        "fpr": numbers(fpr[1:]), "tpr": numbers(tpr[1:]), "thresholds": numbers(thresholds[1:]),
        "averagePrecision": number(metrics.average_precision_score(y, p)) if y.any() else None,
        "prAuc": number(metrics.auc(recall, precision)) if y.any() else None,
        "precision": numbers(precision), "recall": numbers(recall), "prThresholds": numbers(pr_thresholds),
        "logLoss": number(metrics.log_loss(y, clipped, labels=[0, 1], eps=CLIP)),
        "brier": number(np.mean((p - y) ** 2) if not both else metrics.brier_score_loss(y, p)),
        "ece": number(ece), "binCounts": counts.tolist(), "binRates": numbers(true_rate), "binMeans": numbers(mean_p),
        "confusions": [confusion(y, p, t) for t in (0.0, 0.25, 0.5, 0.9, 1.0)],
        "classWeights": list(map(lambda w: None if w is None else float(w), weights)),
        "aucInterval": interval(auc, groups, 7, 200, 0.95),
        "apInterval": interval(ap, groups, -8, 100, 0.8),
    }


def rsna(rng):
    n = 50
    y = (rng.random((n, 6)) < 0.2).astype(int)
    y[:, 5] = y[:, :5].any(axis=1)
    p = np.clip(rng.normal(0.3 + 0.4 * y, 0.3), 0, 1)  # includes exact 0 and 1
    clipped = np.clip(p, CLIP, 1 - CLIP)
    # sklearn weights the samples: all 6 n predictions are one binary problem.
    weights = np.tile([1, 1, 1, 1, 1, 2], n)
    loss = metrics.log_loss(y.ravel(), clipped.ravel(), sample_weight=weights, labels=[0, 1], eps=CLIP)
    return {"labels": y.tolist(), "probabilities": p.tolist(), "loss": float(loss)}


rng = np.random.default_rng(20191113)
n = 60
y = (rng.random(n) < 0.3).astype(int)
smooth = np.clip(rng.normal(0.35 + 0.25 * y, 0.2), 0, 1)
patients = rng.integers(0, 12, n)
patients[:12] = np.arange(12)
cases = [
    case("continuous", y, smooth, 10, patients),
    case("ties", y, np.round(smooth, 1), 10, patients),
    case("many ties", y, np.round(smooth * 2) / 2, 15, patients),
    case("all equal", y, np.full(n, 0.5), 10, patients),
    case("perfect", y, y.astype(float), 5, patients),
    case("inverted", y, 1.0 - y, 5, patients),
    case("hundredths on edges", rng.integers(0, 2, 101), np.arange(101) / 100, 10, np.arange(101) // 10),
    case("rare positives", [1] + [0] * 19, np.linspace(0.9, 0.1, 20), 10, np.arange(20) // 2),
    case("no positive", [0] * 8, np.linspace(0, 1, 8), 4, np.arange(8)),
    case("no negative", [1] * 8, np.linspace(0, 1, 8), 4, np.arange(8)),
    case("one example", [1], [0.25], 4, [0]),
]
target = pathlib.Path(sys.argv[1]) / "metrics.json"
target.write_text(json.dumps({"cases": cases, "rsna": rsna(rng)}, separators=(",", ":")) + "\n")
