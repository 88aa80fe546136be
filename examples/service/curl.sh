#!/usr/bin/env bash
# 用 curl 走一遍：起草、看进展、取报告、锁定一部分、导出 Word。先启动服务：nigao serve
# 地址和密钥：NIGAO_ADDRESS（缺省本机）、NIGAO_KEY（本机没有发过密钥时不用）
set -euo pipefail
address=${NIGAO_ADDRESS:-http://127.0.0.1:8710}
brief=${1:?用法：curl.sh 拟稿要求.json [报告.docx]}
output=${2:-报告.docx}
call() { curl -sS --fail-with-body -H "Authorization: Bearer ${NIGAO_KEY:-}" "$@"; }
field() { python3 -c 'import functools, json, sys; print(functools.reduce(dict.get, sys.argv[1:], json.load(sys.stdin)))' "$@"; }

# 同一个 Idempotency-Key 无论发几次，只起草一份
job=$(call "$address/api/v1/reports" -H 'Content-Type: application/json' -H "Idempotency-Key: $(date +%s%N)" \
    -d "{\"brief\": $(cat "$brief")}" | field id)
echo "任务 $job"

# 进展是 SSE，报告写好即止；断线后带上 Last-Event-ID 可以续接
call -N "$address/api/v1/jobs/$job/events" | grep '^event:' | sort | uniq -c

report=$(call "$address/api/v1/jobs/$job" | field report_id)
revision=$(call "$address/api/v1/reports/$report" | field revision)
echo "报告 $report 第 $revision 稿"

# 改动要写明改的是哪一稿：别人先改了，服务答 412，不会覆盖
call "$address/api/v1/reports/$report/commands" -H 'Content-Type: application/json' -H "If-Match: \"$revision\"" \
    -d '{"command": {"verb": "lock", "place": {"part": "basics"}}}' | field reply text

call "$address/api/v1/reports/$report/export?format=docx" -o "$output"
echo "已写出 $output"
