Option Explicit
' Conditional formats: which rules there are, and changing them in the sheet's list; see Drawn for what is drawn.

' The rules that meet a place, first first: Array(number of the format, kind, operator, formula, second formula,
' style, both formulas in Excel's notation, Array(fill, font colour, bold, italic)).
Function RulesOf(doc, place)
  Dim sheet, cells, formats, i, j, origin, own, reader, styles, found()
  sheet = doc.Sheets.getByName(place(0))
  cells = Areas(doc, sheet, place(1))
  formats = sheet.ConditionalFormats.getConditionalFormats()
  For i = 0 To UBound(formats)
    If Meets(formats(i), cells) Then
      If IsEmpty(own) Then
        own = doc.createInstance("com.sun.star.sheet.FormulaParser")
        reader = Parser(doc)
        styles = doc.StyleFamilies.getByName("CellStyles")
      End If
      origin = FirstCell(formats(i).Range.RangeAddresses)
      For j = 0 To formats(i).getCount() - 1
        Append(found, Described(styles, formats(i), j, origin, own, reader))
      Next j
    End If
  Next i
  RulesOf = found
End Function

Function Described(styles, format_, number, origin, own, reader)
  Dim entry
  entry = format_.getByIndex(number)
  If entry.getType() <> 0 Then
    Described = Array(format_.ID, entry.getType(), 0, "", "", "", "", "", Array(-1, -1, -1, -1))
  Else
    Described = Array(format_.ID, 0, entry.Operator, entry.Formula1, entry.Formula2, entry.StyleName, _
      Translated(own, reader, entry.Formula1, origin), Translated(own, reader, entry.Formula2, origin), _
      Look(styles, entry.StyleName))
  End If
End Function

' A formula from LibreOffice's own notation, as this user has set it, in Excel's.
Function Translated(own, reader, text, origin)
  Translated = ""
  If text <> "" Then Translated = reader.printFormula(own.parseFormula(text, origin), origin)
End Function

Function Meets(format_, cells)
  Dim one
  Meets = False
  For Each one In format_.Range.RangeAddresses
    If cells.queryIntersection(one).Count > 0 Then
      Meets = True
      Exit Function
    End If
  Next one
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

' change: Array(sheet, extent as for Box, removals, corners to clear, additions with the oldest first). The barrier makes
' all numbers higher than those before: cells where Calc's Undo leaves them behind then mean nothing by them.
Sub ChangeRules(doc, change)
  Dim sheet, around, i, reader, made(), last, barrier
  sheet = doc.Sheets.getByName(change(0))
  around = Box(sheet, change(1))
  For i = 0 To UBound(change(2))
    RemoveRule(doc, sheet, change(2)(i))
  Next i
  For i = 0 To UBound(change(3))
    ClearRules(doc, sheet, Areas(doc, sheet, change(3)(i)))
  Next i
  last = UBound(change(4))
  If last >= 0 Then reader = Parser(doc)
  For i = last To 0 Step -1
    Append(made, NewRule(doc, sheet, change(4)(i), reader))
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
Sub RemoveRule(doc, sheet, removal)
  Dim cells, formats, i, j, best, place
  cells = Areas(doc, sheet, removal(0))
  formats = sheet.ConditionalFormats.getConditionalFormats()
  best = -1
  For i = 0 To UBound(formats)
    For j = 0 To formats(i).getCount() - 1
      If IsRule(formats(i).getByIndex(j), removal) And Meets(formats(i), cells) Then
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

Sub ClearRules(doc, sheet, cells)
  Dim formats, i
  formats = sheet.ConditionalFormats.getConditionalFormats()
  For i = UBound(formats) To 0 Step -1
    If Meets(formats(i), cells) Then ClearRule(doc, sheet, formats(i), cells)
  Next i
End Sub

' Takes cells away from a format, or the format where none is left.
Sub ClearRule(doc, sheet, format_, cells)
  Dim rest, one, met
  rest = doc.createInstance("com.sun.star.sheet.SheetCellRanges")
  rest.addRangeAddresses(format_.Range.RangeAddresses, False)
  For Each one In cells.RangeAddresses
    For Each met In rest.queryIntersection(one).RangeAddresses
      rest.removeRangeAddress(met)
    Next met
  Next one
  If rest.Count = 0 Then
    sheet.ConditionalFormats.removeByID(format_.ID)
  Else
    format_.Range = rest
  End If
End Sub

' addition: Array(corners, operator, formula, second formula, look). The new format stands in the list alone, on
' a cell far from all others: those that Attach takes up meanwhile come behind it, which puts it on top of them.
Function NewRule(doc, sheet, addition, reader)
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
  entry.Formula1 = Moved(doc, reader, addition(2), FirstAddress(sheet, addition(0)), origin)
  If addition(3) <> "" Then entry.Formula2 = Moved(doc, reader, addition(3), FirstAddress(sheet, addition(0)), origin)
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
Function Moved(doc, reader, text, from_, target)
  Dim own
  own = doc.createInstance("com.sun.star.sheet.FormulaParser")
  Moved = own.printFormula(reader.parseFormula(text, from_), target)
End Function

Function FirstAddress(sheet, corners)
  FirstAddress = sheet.getCellByPosition(corners(0)(1), corners(0)(0)).CellAddress
End Function
