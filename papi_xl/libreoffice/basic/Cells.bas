Option Explicit
' What stands in cells. A place is Array(sheet, first row, first column, last row, last column), from 0,
' or Array(sheet, Array(Array(first row, first column, last row, last column), ...)) for several areas.

Function Area(doc, place)
  If IsArray(place(1)) Then
    Area = Areas(doc, doc.Sheets.getByName(place(0)), place(1))
  Else
    Area = doc.Sheets.getByName(place(0)).getCellRangeByPosition(place(2), place(1), place(4), place(3))
  End If
End Function

Function Areas(doc, sheet, corners)
  Dim made, one
  made = doc.createInstance("com.sun.star.sheet.SheetCellRanges")
  For Each one In corners
    made.addRangeAddress(sheet.getCellRangeByPosition(one(1), one(0), one(3), one(2)).RangeAddress, True)
  Next one
  Areas = made
End Function

' Array(sheet, first row, first column, last row, last column) of LibreOffice's address.
Function PlaceOf(doc, at)
  PlaceOf = Array(doc.Sheets.ElementNames(at.Sheet), at.StartRow, at.StartColumn, at.EndRow, at.EndColumn)
End Function

Sub Append(list, item)
  Dim last
  last = UBound(list) + 1
  ReDim Preserve list(last)
  list(last) = item
End Sub

' A block's values with all that tells them apart: kinds, error cells, day 0, and formulas where asked for.
Function Values(doc, place, formulas)
  Dim cells, texts
  cells = Area(doc, place)
  texts = Array()
  If formulas Then texts = FormulaTexts(doc, cells)
  Values = Array(cells.getDataArray(), Kinds(doc, cells), Errors(cells), DayNull(doc), texts)
End Function

' The same for a big block, whose values are fetched from it directly; a huge one is cut to what is in use.
Function Block(doc, place, formulas, huge)
  Dim cells, texts
  If huge Then
    cells = Area(doc, Clipped(place, Used(doc, place(0))))
  Else
    cells = Area(doc, place)
  End If
  texts = Array()
  If formulas Then texts = FormulaTexts(doc, cells)
  Block = Array(cells, Kinds(doc, cells), Errors(cells), DayNull(doc), texts)
End Function

Function Clipped(place, inside)
  Dim last, edge
  last = Most(place(1), Least(place(3), inside(3)))
  edge = Most(place(2), Least(place(4), inside(4)))
  Clipped = Array(place(0), place(1), place(2), last, edge)
End Function

Function Least(one, other)
  Least = other
  If one < other Then Least = one
End Function

Function Most(one, other)
  Most = other
  If one > other Then Most = one
End Function

Function DayNull(doc)
  Dim day_
  day_ = doc.NullDate
  DayNull = Array(CLng(day_.Year), CLng(day_.Month), CLng(day_.Day))
End Function

' Writes a block: values, then formulas and the formats that show dates as dates.
Function Enter(doc, place, data, formulas, parts, undoable)
  Dim groups, i, keys()
  groups = Area(doc, place).getUniqueCellFormatRanges()
  For i = 0 To groups.Count - 1
    Append(keys, groups.getByIndex(i).NumberFormat)
  Next i
  If Area(doc, place).queryContentCells(8).Count > 0 Then
    EnterOneByOne(Area(doc, place), data)
  Else
    If undoable Then Reserve(doc, place)
    Area(doc, place).setDataArray(data)
  End If
  KeepFormats(doc, place, groups, keys)
  Enter = Finish(doc, place, formulas, parts)
End Function

' Writing a block as a whole takes the notes away.
Sub EnterOneByOne(cells, data)
  Dim row, column, cell, value
  For row = 0 To UBound(data)
    For column = 0 To UBound(data(row))
      cell = cells.getCellByPosition(column, row)
      value = data(row)(column)
      If VarType(value) <> 8 Then
        cell.Value = value
      ElseIf value = "" Then
        cell.clearContents(23)
      Else
        cell.String = value
      End If
    Next column
  Next row
End Sub

' LibreOffice gives a text that looks like a number the format of texts; it stays a text without.
Sub KeepFormats(doc, place, groups, keys)
  Dim texts, after, i, j, at, met
  texts = doc.NumberFormats.queryKey("@", English(), False) Mod 10000
  after = Area(doc, place).getUniqueCellFormatRanges()
  For i = 0 To after.Count - 1
    If after.getByIndex(i).NumberFormat = texts Then
      For Each at In after.getByIndex(i).RangeAddresses
        For j = 0 To groups.Count - 1
          met = groups.getByIndex(j).queryIntersection(at)
          If keys(j) <> texts And met.Count > 0 Then met.NumberFormat = keys(j)
        Next j
      Next at
    End If
  Next i
End Sub

' Makes Undo empty what is empty now: undoing written values alone leaves them in such cells. Very large blocks
' would take too long. Gives the block.
Function Reserve(doc, place)
  Dim cells
  cells = Area(doc, place)
  Reserve = cells
  If (place(3) - place(1) + 1) * (place(4) - place(2) + 1) > 250000 Then Exit Function
  If cells.queryEmptyCells().Count = 0 Then Exit Function
  cells.setArrayFormula("=1")
  cells.clearContents(23)
End Function

Function Wipe(doc, place, flags)
  Area(doc, place).clearContents(flags)
  Wipe = True
End Function

' Excel's function names, separators (the mapping 4: XL_ENGLISH, all groups) and addresses (convention 1).
Function Parser(doc)
  Dim made
  made = doc.createInstance("com.sun.star.sheet.FormulaParser")
  made.CompileEnglish = True
  made.FormulaConvention = 1
  made.OpCodeMap = doc.createInstance("com.sun.star.sheet.FormulaOpCodeMapper").getAvailableMappings(4, 63)
  Parser = made
End Function

Function English()
  Dim place As New com.sun.star.lang.Locale
  place.Language = "en"
  place.Country = "US"
  English = place
End Function

' The system's own format where it reads the code as English does: any other is saved with a language in front.
Function FormatKey(doc, code)
  Dim key, place As New com.sun.star.lang.Locale
  If Not ReadsEnglish(doc, code) Then place = English()
  key = doc.NumberFormats.queryKey(code, place, False)
  If key = -1 Then key = doc.NumberFormats.addNew(code, place)
  FormatKey = key
End Function

' Told by the system's formats 0 and 2, which English calls General and 0.00.
Function ReadsEnglish(doc, code)
  ReadsEnglish = False
  If doc.NumberFormats.getByKey(0).FormatString <> "General" Then Exit Function
  ReadsEnglish = doc.NumberFormats.getByKey(2).FormatString = "0.00" Or InStr(code, ".") + InStr(code, ",") = 0
End Function

' Number-format types with their rectangles: dates, times and truth values only.
Function Kinds(doc, area)
  Dim groups, group, i, kind, out()
  groups = area.getUniqueCellFormatRanges()
  For i = 0 To groups.Count - 1
    group = groups.getByIndex(i)
    kind = doc.NumberFormats.getByKey(group.NumberFormat).Type And 1030
    If kind <> 0 Then Append(out, Array(kind, group.getRangeAddresses()))
  Next i
  Kinds = out
End Function

' The error cells as (row, column, LibreOffice's number of the error), sheet coordinates from 0.
Function Errors(area)
  Dim cells, out()
  cells = area.queryFormulaCells(4).Cells.createEnumeration()
  Dim cell
  Do While cells.hasMoreElements()
    cell = cells.nextElement()
    Append(out, Array(cell.CellAddress.Row, cell.CellAddress.Column, cell.getError()))
  Loop
  Errors = out
End Function

' The formulas as (row, column, text in Excel's notation), sheet coordinates from 0.
Function FormulaTexts(doc, area)
  Dim found, places, i, size, cells, cell, reader
  found = area.queryFormulaCells(7)
  places = found.RangeAddresses
  size = 0
  For i = 0 To UBound(places)
    size = size + (places(i).EndRow - places(i).StartRow + 1) * (places(i).EndColumn - places(i).StartColumn + 1)
  Next i
  FormulaTexts = Array()
  If size = 0 Then Exit Function
  Dim out(size - 1)
  reader = Parser(doc)
  cells = found.Cells.createEnumeration()
  For i = 0 To size - 1
    cell = cells.nextElement()
    out(i) = Array(cell.CellAddress.Row, cell.CellAddress.Column, FormulaText(reader, cell))
  Next i
  FormulaTexts = out
End Function

Function FormulaText(reader, cell)
  FormulaText = "=" & reader.printFormula(cell.getTokens(), cell.CellAddress)
End Function

Sub GiveFormat(doc, area, key)
  Dim groups, group, i, now
  groups = area.getUniqueCellFormatRanges()
  For i = 0 To groups.Count - 1
    group = groups.getByIndex(i)
    now = group.NumberFormat Mod 10000
    If now = 0 Or now = 99 Then group.NumberFormat = key
  Next i
End Sub

' After a block is written: forget old truth-value formats, write formulas, show dates as dates.
' parts: (first row, first column, last row, last column) with a format code; places count in the block.
Function Finish(doc, place, formulas, parts)
  Dim cells, i, part, groups, group, cell, reader
  cells = Area(doc, place)
  groups = cells.getUniqueCellFormatRanges()
  For i = 0 To groups.Count - 1
    group = groups.getByIndex(i)
    If group.NumberFormat Mod 10000 = 99 Then group.NumberFormat = 0
  Next i
  If UBound(formulas) >= 0 Then reader = Parser(doc)
  For i = 0 To UBound(formulas)
    part = formulas(i)
    cell = cells.getCellByPosition(part(1), part(0))
    cell.setTokens(reader.parseFormula(part(2), cell.CellAddress))
  Next i
  For i = 0 To UBound(parts)
    part = parts(i)
    GiveFormat(doc, cells.getCellRangeByPosition(part(1), part(0), part(3), part(2)), FormatKey(doc, part(4)))
  Next i
  Finish = True
End Function

' One formula over the whole block; its relative references move along.
Function Fill(doc, place, text)
  Dim cells, tokens, row, column, first
  cells = Area(doc, place)
  first = cells.getCellByPosition(0, 0).CellAddress
  tokens = Parser(doc).parseFormula(text, first)
  For row = 0 To place(3) - place(1)
    For column = 0 To place(4) - place(2)
      cells.getCellByPosition(column, row).setTokens(tokens)
    Next column
  Next row
  Fill = True
End Function

Function FillArray(doc, place, text)
  Dim cells
  cells = Area(doc, place)
  cells.setArrayTokens(Parser(doc).parseFormula(text, cells.getCellByPosition(0, 0).CellAddress))
  FillArray = True
End Function

Function ArrayFormula(doc, place)
  Dim cells, tokens
  cells = Area(doc, place)
  tokens = cells.getArrayTokens()
  ArrayFormula = ""
  If UBound(tokens) >= 0 Then
    ArrayFormula = "=" & Parser(doc).printFormula(tokens, cells.getCellByPosition(0, 0).CellAddress)
  End If
End Function

Function HasArray(doc, place)
  HasArray = Area(doc, place).getCellByPosition(0, 0).getArrayFormula() <> ""
End Function

Function Link(doc, place, address, text)
  Dim cell, field
  cell = Area(doc, place).getCellByPosition(0, 0)
  field = doc.createInstance("com.sun.star.text.TextField.URL")
  field.URL = address
  field.Representation = text
  cell.String = ""
  cell.insertTextContent(cell.createTextCursor(), field, False)
  Link = True
End Function

Function LinkTarget(doc, place)
  Dim fields
  fields = Area(doc, place).getCellByPosition(0, 0).TextFields
  LinkTarget = ""
  If fields.Count > 0 Then LinkTarget = fields.getByIndex(0).URL
End Function
