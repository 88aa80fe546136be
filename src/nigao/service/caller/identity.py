"""Who calls: a person with what a key allows, as a member of a unit or of the whole office."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from nigao.errors import AccessError
from nigao.service.access import Role, Scope


@dataclass(frozen=True, slots=True)
class Caller:
    """`id` is the key's (`k0001`), or `local` on one's own machine; `units` are the names of the caller's unit, full
    name first, empty for who sees every unit's reports.
    """

    id: str
    person: str
    roles: tuple[Role, ...]
    scopes: frozenset[Scope]
    units: tuple[str, ...] = ()

    def require(self, scope: Scope) -> None:
        """Raise AccessError unless the key allows this."""
        if scope not in self.scopes:
            raise AccessError(
                f"这把密钥不能{scope.label}",
                where=scope.value,
                fix="请管理员用 nigao keys create 另发一把有此权限的密钥",
            )

    def sees_unit(self, unit: str) -> bool:
        """Whether what belongs to this unit may be seen."""
        return not self.units or unit in self.units

    def owns(self, units: Collection[str]) -> bool:
        """Whether something that is open to these units alone (none: to everybody) is the caller's to decide on."""
        return not self.units or bool(set(units) & set(self.units))
