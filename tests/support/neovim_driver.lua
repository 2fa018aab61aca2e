-- What a test drives an editor by: steps that wait for the server, and a record of what was seen.
local record = {}
local heard = {}

local function note(kind)
  local before = vim.lsp.handlers[kind]
  vim.lsp.handlers[kind] = function(err, result, ...)
    table.insert(heard, { kind = kind, result = result })
    if before then return before(err, result, ...) end
  end
end
note("window/showMessage")
note("window/showDocument")

local function findings()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, {
      rule = each.code or each.user_data.lsp.code,
      line = each.lnum, start = each.col, stop = each.end_col, message = each.message,
    })
  end
  return found
end

local function find(rule)
  for _, each in ipairs(findings()) do
    if each.rule == rule then return each end
  end
end

local function wait(what, condition)
  if not vim.wait(120000, condition, 20) then
    error("waited in vain: " .. what .. vim.inspect(findings()))
  end
end

local function go_to(rule)
  wait(rule, function() return find(rule) ~= nil end)
  local place = find(rule)
  vim.api.nvim_win_set_cursor(0, { place.line + 1, place.start })
  return place
end

-- Chooses from the editor's own menu by the beginning of a title.
local function choose(rule, title)
  go_to(rule)
  local done, offered = false, {}
  vim.ui.select = function(items, opts, on_choice)
    for _, item in ipairs(items) do
      local shown = opts.format_item and opts.format_item(item) or item
      table.insert(offered, shown)
      if vim.startswith(shown, title) and not done then
        done = true
        on_choice(item)
      end
    end
  end
  vim.lsp.buf.code_action()
  wait(title, function() return done or #offered > 0 end)
  record.offered = record.offered or {}
  record.offered[rule .. ": " .. title] = offered
  if not done then error("not offered: " .. title .. vim.inspect(offered)) end
end

local function hover(rule)
  go_to(rule)
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/hover", params, 60000)) do
    return answer.result
  end
end

-- Tells whether nothing new has been said for two seconds, which is longer than the model waits.
local function stands_still()
  local before = vim.inspect(findings())
  vim.wait(2000)
  return before == vim.inspect(findings())
end

local steps = dofile(vim.env.STEPS)
local ok, err = pcall(steps, {
  record = record, heard = heard, findings = findings, find = find, wait = wait,
  go_to = go_to, choose = choose, hover = hover, stands_still = stands_still,
})
record.error = not ok and tostring(err) or nil
record.heard = heard
local file = io.open(vim.env.RECORD, "w")
file:write(vim.json.encode(record))
file:close()
vim.cmd("qall!")
