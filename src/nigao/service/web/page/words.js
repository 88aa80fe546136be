// The service's keys in Chinese.

/**
 * What a document may be used for.
 * @type {Record<string, string>}
 */
export const ROLES = { basis: "依据", material: "材料", exemplar: "范文" };
/**
 * Where a document stands.
 * @type {Record<string, string>}
 */
export const STATUSES = {
  submitted: "待批准",
  returned: "已退回",
  approved: "已批准",
  revoked: "已撤销",
  withdrawn: "已移出清单",
  refused: "未予收录",
};
