"""Who one is to the service."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from nigao.service.serving import NeedsNobody, ServedHere
from nigao.views.service import MeView

router = APIRouter(prefix="/api/v1", tags=["调用方"])


@router.get("/me", dependencies=[Depends(NeedsNobody())], summary="我是谁，能做什么")
def me(served: ServedHere) -> MeView:
    """密钥对应的人、角色、权限和单位。"""
    caller = served.caller
    return MeView(
        person=caller.person,
        key=caller.id,
        roles=[role.value for role in caller.roles],
        scopes=sorted(scope.value for scope in caller.scopes),
        units=list(caller.units),
    )
