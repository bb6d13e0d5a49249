"""A menu of the papers' own configurations, each some settings at once."""

import traitlets

from cvnotes.widgets.kit import Widget


class WithPresets(Widget):
    """A widget that starts from a row of a table, and can be moved from it.

    A subclass gives ``PRESETS``, the settings by the name in the menu, and
    a trait ``preset`` whose default is one of these names. A row that is
    not there is refused with those that are.
    """

    PRESETS: dict[str, dict]
    _from_page = False

    def __init__(self, **settings):
        name = settings.get("preset", self.trait_defaults("preset"))
        super().__init__(**{**self._preset(name), **settings})
        self._given = set(settings)

    @classmethod
    def _preset(cls, name):
        if name not in cls.PRESETS:
            raise traitlets.TraitError(
                f"preset={name!r} is not in the menu; "
                f"choose one of {', '.join(map(repr, cls.PRESETS))}"
            )
        return cls.PRESETS[name]

    @traitlets.observe("preset")
    def _follow_preset(self, change):
        if not self._start or self._from_page:
            return
        with self.hold_sync():
            for name, value in self._preset(change.new).items():
                setattr(self, name, value)

    def set_state(self, sync_data):
        # The page sends a preset with its settings; Python, only its name.
        self._from_page = True
        try:
            super().set_state(sync_data)
        finally:
            self._from_page = False

    @traitlets.validate("preset")
    def _check_preset(self, proposal):
        self._preset(proposal.value)
        return proposal.value
