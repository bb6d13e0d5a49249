"""The pictures of the book, alive in a notebook and in the published page.

Each is imported when it is first named, so a chapter loads only its own.
"""

from importlib import import_module

_HOMES = {
    "CBAMExplorer": "cbam",
    "AttentionExplorer": "non_local",
    "CGNLCost": "cgnl",
    "ChannelMixer": "channel_mixing",
    "ClassMaps": "class_maps",
    "ConcatMemory": "concat_memory",
    "Connectivity": "connectivity",
    "CrossLayerExplorer": "cross_layer",
    "FeatureReuse": "feature_reuse",
    "GrowthExplorer": "growth",
    "InsideDenseNet": "inside",
    "MLPConvPlayground": "mlpconv",
    "Predict": "predict",
    "ReductionCalculator": "inception",
    "SeparableCost": "separable",
    "TradeOff": "training",
    "TrainedAttention": "comparison",
    "WhoMixes": "who_mixes",
}

__all__ = sorted(_HOMES)


def __getattr__(name):
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(
        f"cvnotes.widgets has no {name!r}; it has {', '.join(__all__)}"
    )


def __dir__():
    return sorted([*globals(), *__all__])
