Option Explicit
' Conditional formats. LibreOffice keeps them twice: in the sheet's list, which is saved and which its API changes,
' and in the cells, which are drawn. An undone action that changed nothing brings the cells in line (see Attach).

' The rules that meet a place, first first: Array(number of the format, kind, operator, formula, second formula,
' style, both formulas in Excel's notation, Array(fill, font colour, bold, italic)).
Function RulesOf(doc, place)
  Dim sheet, formats, i, j, origin, entry, found()
  sheet = doc.Sheets.getByName(place(0))
  formats = sheet.ConditionalFormats.getConditionalFormats()
  For i = 0 To UBound(formats)
    If Meets(sheet, formats(i), place(1)) Then
      origin = FirstCell(formats(i).Range.RangeAddresses)
      For j = 0 To formats(i).getCount() - 1
        entry = formats(i).getByIndex(j)
        Append(found, Described(doc, formats(i).ID, entry, origin))
      Next j
    End If
  Next i
  RulesOf = found
End Function

Function Described(doc, id, entry, origin)
  If entry.getType() <> 0 Then
    Described = Array(id, entry.getType(), 0, "", "", "", "", "", Array(-1, -1, -1, -1))
  Else
    Described = Array(id, 0, entry.Operator, entry.Formula1, entry.Formula2, entry.StyleName, _
      Translated(doc, entry.Formula1, origin, True), Translated(doc, entry.Formula2, origin, True), _
      Look(doc, entry.StyleName))
  End If
End Function

' A formula from LibreOffice's own notation, as this user has set it, into Excel's, or the other way round.
Function Translated(doc, text, origin, outward)
  Dim own
  Translated = ""
  If text = "" Then Exit Function
  own = doc.createInstance("com.sun.star.sheet.FormulaParser")
  If outward Then
    Translated = Parser(doc).printFormula(own.parseFormula(text, origin), origin)
  Else
    Translated = own.printFormula(Parser(doc).parseFormula(text, origin), origin)
  End If
End Function

Function Meets(sheet, format_, corners)
  Dim i
  Meets = False
  For i = 0 To UBound(corners)
    If format_.Range.queryIntersection(AddressOf_(sheet, corners(i))).Count > 0 Then Meets = True
  Next i
End Function

Function AddressOf_(sheet, one)
  AddressOf_ = sheet.getCellRangeByPosition(one(1), one(0), one(3), one(2)).RangeAddress
End Function

Function FirstCell(at)
  Dim made As New com.sun.star.table.CellAddress, around
  around = Around_(at)
  made.Sheet = at(0).Sheet
  made.Row = around(0)
  made.Column = around(1)
  FirstCell = made
End Function

' Array(first row, first column, last row, last column) round all of LibreOffice's addresses.
Function Around_(at)
  Dim i, around
  around = Array(at(0).StartRow, at(0).StartColumn, at(0).EndRow, at(0).EndColumn)
  For i = 1 To UBound(at)
    around = Wider(around, Array(at(i).StartRow, at(i).StartColumn, at(i).EndRow, at(i).EndColumn))
  Next i
  Around_ = around
End Function

Function Wider(one, other)
  Wider = Array(Least(one(0), other(0)), Least(one(1), other(1)), Most(one(2), other(2)), Most(one(3), other(3)))
End Function

' The rectangle round corners and all conditional formats that it meets, and those that meet these.
Function Box(sheet, corners)
  Dim formats, i, around, other, before
  around = corners(0)
  For i = 1 To UBound(corners)
    around = Wider(around, corners(i))
  Next i
  formats = sheet.ConditionalFormats.getConditionalFormats()
  Do
    before = around
    For i = 0 To UBound(formats)
      other = Around_(formats(i).Range.RangeAddresses)
      If Overlap(around, other) Then around = Wider(around, other)
    Next i
  Loop Until Same(before, around)
  Box = Clear_(sheet, around)
End Function

' A rectangle that leaves the spare cell free: rules on whole rows then stay as they are right of it.
Function Clear_(sheet, around)
  Dim at
  at = Spare(sheet)
  Clear_ = around
  If around(0) <= at.StartRow And around(2) >= at.StartRow And around(3) >= at.StartColumn Then
    Clear_ = Array(around(0), around(1), around(2), at.StartColumn - 1)
  End If
End Function

Function Overlap(one, other)
  Overlap = one(0) <= other(2) And other(0) <= one(2) And one(1) <= other(3) And other(1) <= one(3)
End Function

Function Same(one, other)
  Same = one(0) = other(0) And one(1) = other(1) And one(2) = other(2) And one(3) = other(3)
End Function

' Before rules change: an undo action that brings back the rules as they are now.
Function RecordRules(doc, place)
  Dim sheet, around
  sheet = doc.Sheets.getByName(place(0))
  around = Box(sheet, place(1))
  Touch(sheet.getCellRangeByPosition(around(1), around(0), around(3), around(2)))
  RecordRules = True
End Function

' Numbers the formats of a sheet that is there already as undoing will number them.
Sub PrepareRules(doc, change)
  Dim sheet, view
  If Not doc.Sheets.hasByName(change(0)) Then Exit Sub
  sheet = doc.Sheets.getByName(change(0))
  view = ViewOf(doc)
  Attach(doc, sheet, Box(sheet, change(1)))
  ShowAgain(doc, view)
End Sub

' change: Array(sheet, all corners, removals, corners to clear, additions with the oldest first). The barrier makes
' all numbers higher than those before: cells where Calc's Undo leaves them behind then mean nothing by them.
Sub ChangeRules(doc, change)
  Dim sheet, around, i, made(), last, barrier
  sheet = doc.Sheets.getByName(change(0))
  around = Box(sheet, change(1))
  For i = 0 To UBound(change(2))
    RemoveRule(sheet, change(2)(i))
  Next i
  For i = 0 To UBound(change(3))
    ClearRules(doc, sheet, change(3)(i))
  Next i
  last = UBound(change(4))
  For i = last To 0 Step -1
    Append(made, NewRule(doc, sheet, change(4)(i)))
  Next i
  If last >= 0 Then Attach(doc, sheet, around)
  For i = 0 To last
    made(last - i).Range = Areas(doc, sheet, change(4)(i)(0))
  Next i
  barrier = NewFormat(doc, sheet)
  Attach(doc, sheet, around)
  sheet.ConditionalFormats.removeByID(barrier)
End Sub

' removal: Array(corners, number of the format, kind, operator, formula, second formula, style).
Sub RemoveRule(sheet, removal)
  Dim formats, i, j, best, place
  formats = sheet.ConditionalFormats.getConditionalFormats()
  best = -1
  For i = 0 To UBound(formats)
    For j = 0 To formats(i).getCount() - 1
      If IsRule(formats(i).getByIndex(j), removal) And Meets(sheet, formats(i), removal(0)) Then
        If best < 0 Or formats(i).ID = removal(1) Then
          best = i
          place = j
        End If
      End If
    Next j
  Next i
  If best < 0 Then Exit Sub
  If formats(best).getCount() = 1 Then
    sheet.ConditionalFormats.removeByID(formats(best).ID)
  Else
    formats(best).removeByIndex(place)
  End If
End Sub

Function IsRule(entry, removal)
  IsRule = False
  If entry.getType() <> removal(2) Then Exit Function
  If removal(2) <> 0 Then
    IsRule = True
  Else
    IsRule = entry.Operator = removal(3) And entry.Formula1 = removal(4) And entry.Formula2 = removal(5) _
      And entry.StyleName = removal(6)
  End If
End Function

Sub ClearRules(doc, sheet, corners)
  Dim formats, i
  formats = sheet.ConditionalFormats.getConditionalFormats()
  For i = UBound(formats) To 0 Step -1
    If Meets(sheet, formats(i), corners) Then ClearRule(doc, sheet, formats(i), corners)
  Next i
End Sub

' Takes cells away from a format, or the format where none is left.
Sub ClearRule(doc, sheet, format_, corners)
  Dim rest, i, j, met
  rest = doc.createInstance("com.sun.star.sheet.SheetCellRanges")
  rest.addRangeAddresses(format_.Range.RangeAddresses, False)
  For i = 0 To UBound(corners)
    met = rest.queryIntersection(AddressOf_(sheet, corners(i))).RangeAddresses
    For j = 0 To UBound(met)
      rest.removeRangeAddress(met(j))
    Next j
  Next i
  If rest.Count = 0 Then
    sheet.ConditionalFormats.removeByID(format_.ID)
  Else
    format_.Range = rest
  End If
End Sub

' addition: Array(corners, operator, formula, second formula, look). The new format stands in the list alone, on
' a cell far from all others: those that Attach takes up meanwhile come behind it, which puts it on top of them.
Function NewRule(doc, sheet, addition)
  Dim id, formats, i, made, entry, origin As New com.sun.star.table.CellAddress
  id = NewFormat(doc, sheet)
  formats = sheet.ConditionalFormats.getConditionalFormats()
  For i = 0 To UBound(formats)
    If formats(i).ID = id Then made = formats(i)
  Next i
  made.createEntry(0, 0)
  entry = made.getByIndex(0)
  origin.Sheet = Spare(sheet).Sheet
  origin.Row = Spare(sheet).StartRow
  origin.Column = Spare(sheet).StartColumn
  entry.Operator = addition(1)
  entry.Formula1 = Moved(doc, addition(2), FirstAddress(sheet, addition(0)), origin)
  If addition(3) <> "" Then entry.Formula2 = Moved(doc, addition(3), FirstAddress(sheet, addition(0)), origin)
  entry.StyleName = StyleOf(doc, addition(4))
  NewRule = made
End Function

Function NewFormat(doc, sheet)
  Dim ranges
  ranges = doc.createInstance("com.sun.star.sheet.SheetCellRanges")
  ranges.addRangeAddress(Spare(sheet), False)
  NewFormat = sheet.ConditionalFormats.createByRange(ranges)
End Function

' A formula in Excel's notation as seen from one cell, in LibreOffice's own as seen from another.
Function Moved(doc, text, from_, target)
  Dim own
  own = doc.createInstance("com.sun.star.sheet.FormulaParser")
  Moved = own.printFormula(Parser(doc).parseFormula(text, from_), target)
End Function

Function Spare(sheet)
  Spare = sheet.getCellByPosition(sheet.Columns.Count \ 2, sheet.Rows.Count \ 2).RangeAddress
End Function

Function FirstAddress(sheet, corners)
  FirstAddress = sheet.getCellByPosition(corners(0)(1), corners(0)(0)).CellAddress
End Function

' Brings the cells of a rectangle in line with the sheet's list: undoing takes up all formats there anew, in the
' list's order and with the highest numbers. It joins formats with the same rules, as Calc does on any undo.
Sub Attach(doc, sheet, around)
  Dim cells
  If doc.UndoManager.isLocked() Then Exit Sub
  cells = sheet.getCellRangeByPosition(around(1), around(0), around(3), around(2))
  Detach(doc, sheet, cells)
  Touch(cells)
  If Not doc.UndoManager.isUndoPossible() Then Exit Sub
  doc.UndoManager.undo()
  doc.UndoManager.clearRedo()
  Tidy(doc, sheet)
End Sub

' Makes cells forget their formats; those in the list stand elsewhere meanwhile.
Sub Detach(doc, sheet, cells)
  Dim formats, i, ranges(), away, none
  formats = sheet.ConditionalFormats.getConditionalFormats()
  away = doc.createInstance("com.sun.star.sheet.SheetCellRanges")
  away.addRangeAddress(Spare(sheet), False)
  For i = 0 To UBound(formats)
    Append(ranges, formats(i).Range)
    formats(i).Range = away
  Next i
  doc.UndoManager.lock()
  none = cells.ConditionalFormat
  none.clear()
  cells.ConditionalFormat = none
  doc.UndoManager.unlock()
  For i = 0 To UBound(formats)
    formats(i).Range = ranges(i)
  Next i
End Sub

' Undoing leaves the same cells in more rectangles than there were.
Sub Tidy(doc, sheet)
  Dim formats, i, ranges
  formats = sheet.ConditionalFormats.getConditionalFormats()
  For i = 0 To UBound(formats)
    ranges = doc.createInstance("com.sun.star.sheet.SheetCellRanges")
    ranges.addRangeAddresses(formats(i).Range.RangeAddresses, True)
    formats(i).Range = ranges
  Next i
End Sub
