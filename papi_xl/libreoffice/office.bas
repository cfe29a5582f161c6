Option Explicit
' Runs inside LibreOffice: what would take one call per cell from outside takes one call here.

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

Function FormatKey(doc, code)
  Dim key
  key = doc.NumberFormats.queryKey(code, English(), False)
  If key = -1 Then key = doc.NumberFormats.addNew(code, English())
  FormatKey = key
End Function

Sub Append(list, item)
  Dim last
  last = UBound(list) + 1
  ReDim Preserve list(last)
  list(last) = item
End Sub

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

' So that no workbook keeps LibreOffice from ending, and none leaves its lock file behind.
Function CloseAll(desktop)
  Dim open_, i
  open_ = desktop.Components.createEnumeration()
  Dim all()
  Do While open_.hasMoreElements()
    Append(all, open_.nextElement())
  Loop
  For i = 0 To UBound(all)
    If HasUnoInterfaces(all(i), "com.sun.star.util.XCloseable") Then all(i).close(True)
  Next i
  CloseAll = True
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
Function Finish(doc, area, formulas, parts)
  Dim i, part, groups, group, cell, reader
  groups = area.getUniqueCellFormatRanges()
  For i = 0 To groups.Count - 1
    group = groups.getByIndex(i)
    If group.NumberFormat Mod 10000 = 99 Then group.NumberFormat = 0
  Next i
  If UBound(formulas) >= 0 Then reader = Parser(doc)
  For i = 0 To UBound(formulas)
    part = formulas(i)
    cell = area.getCellByPosition(part(1), part(0))
    cell.setTokens(reader.parseFormula(part(2), cell.CellAddress))
  Next i
  For i = 0 To UBound(parts)
    part = parts(i)
    GiveFormat(doc, area.getCellRangeByPosition(part(1), part(0), part(3), part(2)), FormatKey(doc, part(4)))
  Next i
  Finish = True
End Function

' One formula over the whole block; its relative references move along.
Function Fill(doc, area, text)
  Dim tokens, row, column, place, first
  first = area.getCellByPosition(0, 0).CellAddress
  tokens = Parser(doc).parseFormula(text, first)
  place = area.RangeAddress
  For row = 0 To place.EndRow - place.StartRow
    For column = 0 To place.EndColumn - place.StartColumn
      area.getCellByPosition(column, row).setTokens(tokens)
    Next column
  Next row
  Fill = True
End Function

Function FillArray(doc, area, text)
  area.setArrayTokens(Parser(doc).parseFormula(text, area.getCellByPosition(0, 0).CellAddress))
  FillArray = True
End Function

Function ArrayFormula(doc, area)
  Dim tokens
  tokens = area.getArrayTokens()
  ArrayFormula = ""
  If UBound(tokens) >= 0 Then
    ArrayFormula = "=" & Parser(doc).printFormula(tokens, area.getCellByPosition(0, 0).CellAddress)
  End If
End Function

' A property that all cells have in common, or nothing. Asked of the range itself, LibreOffice gives a default.
Function CommonValue(area, member)
  Dim groups, group, i, value, other
  CommonValue = Empty
  groups = area.getUniqueCellFormatRanges()
  For i = 0 To groups.Count - 1
    group = groups.getByIndex(i)
    other = group.getPropertyValue(member)
    If i = 0 Then
      value = other
    ElseIf value <> other Then
      Exit Function
    End If
  Next i
  CommonValue = value
End Function

' The number format in English, or nothing where the block's cells differ.
Function GetFormat(doc, area)
  Dim key, found
  GetFormat = Empty
  key = CommonValue(area, "NumberFormat")
  If IsEmpty(key) Then Exit Function
  found = doc.NumberFormats.getByKey(key)
  GetFormat = found.FormatString
  If found.Locale.Language <> "en" And found.Locale.Language <> "" Then
    GetFormat = doc.NumberFormats.convertFormat(found.FormatString, found.Locale, English())
  End If
End Function

Function SetFormat(doc, area, code)
  area.NumberFormat = FormatKey(doc, code)
  SetFormat = True
End Function

Function UsedArea(sheet)
  Dim cursor, place
  cursor = sheet.createCursor()
  cursor.gotoStartOfUsedArea(False)
  cursor.gotoEndOfUsedArea(True)
  place = cursor.RangeAddress
  UsedArea = Array(place.StartRow, place.StartColumn, place.EndRow, place.EndColumn)
End Function

Function RegionAround(sheet, area, merged)
  Dim cursor, place
  cursor = sheet.createCursorByRange(area)
  If merged Then
    cursor.collapseToMergedArea()
  Else
    cursor.collapseToCurrentRegion()
  End If
  place = cursor.RangeAddress
  RegionAround = Array(place.StartRow, place.StartColumn, place.EndRow, place.EndColumn)
End Function

' colors: (row, column, colour) in the block; -1 takes the colour away.
Function Colour(area, colors)
  Dim i
  For i = 0 To UBound(colors)
    area.getCellByPosition(colors(i)(1), colors(i)(0)).CellBackColor = colors(i)(2)
  Next i
  Colour = True
End Function

Function SheetNames(doc)
  SheetNames = doc.Sheets.ElementNames
End Function

' A defined name: text in Excel's notation, and the place it stands for (or nothing).
Function NameText(doc, named)
  NameText = "=" & Parser(doc).printFormula(named.getTokens(), named.ReferencePosition)
End Function

Function SetName(doc, names, label, text)
  Dim origin As New com.sun.star.table.CellAddress
  If Not names.hasByName(label) Then names.addNewByName(label, "", origin, 0)
  names.getByName(label).setTokens(Parser(doc).parseFormula(text, origin))
  SetName = True
End Function

Function Link(doc, cell, address, text)
  Dim field
  field = doc.createInstance("com.sun.star.text.TextField.URL")
  field.URL = address
  field.Representation = text
  cell.String = ""
  cell.insertTextContent(cell.createTextCursor(), field, False)
  Link = True
End Function

Function LinkTarget(cell)
  LinkTarget = ""
  If cell.TextFields.Count > 0 Then LinkTarget = cell.TextFields.getByIndex(0).URL
End Function
