Option Explicit
' LibreOffice keeps conditional formats twice: in the sheet's list, which is saved and which its API changes, and in
' the cells, which are drawn. An undone action that changed nothing brings the cells in line (see Attach).

Function FirstCell(at)
  Dim made As New com.sun.star.table.CellAddress, around
  around = Around_(at)
  made.Sheet = at(0).Sheet
  made.Row = around(0)
  made.Column = around(1)
  FirstCell = made
End Function

' Array(first row, first column, last row, last column) round all of LibreOffice's addresses. A damaged workbook may
' have a format without any: then a rectangle that meets no other.
Function Around_(at)
  Dim one, row As Long, column As Long, last As Long, edge As Long
  Around_ = Array(-1, -1, -1, -1)
  If UBound(at) < 0 Then Exit Function
  row = at(0).StartRow
  column = at(0).StartColumn
  For Each one In at
    If one.StartRow < row Then row = one.StartRow
    If one.StartColumn < column Then column = one.StartColumn
    If one.EndRow > last Then last = one.EndRow
    If one.EndColumn > edge Then edge = one.EndColumn
  Next one
  Around_ = Array(row, column, last, edge)
End Function

' The rectangle round two, of which the first may be none.
Function Wider(one, other)
  Wider = other
  If UBound(one) < 0 Then Exit Function
  Wider = Array(Least(one(0), other(0)), Least(one(1), other(1)), Most(one(2), other(2)), Most(one(3), other(3)))
End Function

' The rectangle round the cells for new rules and all conditional formats that meet what is touched, and those that
' meet these. extent: Array(rectangle round all that is touched, rectangle round the cells for new rules or nothing).
Function Box(sheet, extent)
  Dim formats, i, around, others(), before
  formats = sheet.ConditionalFormats.getConditionalFormats()
  around = extent(1)
  For i = 0 To UBound(formats)
    Append(others, Around_(formats(i).Range.RangeAddresses))
    If Overlap(extent(0), others(i)) Then around = Wider(around, others(i))
  Next i
  If UBound(around) < 0 Then around = Array(0, 0, 0, 0)
  Do
    before = around
    For i = 0 To UBound(formats)
      If Overlap(around, others(i)) Then around = Wider(around, others(i))
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

Function Spare(sheet)
  Spare = sheet.getCellByPosition(sheet.Columns.Count \ 2, sheet.Rows.Count \ 2).RangeAddress
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

' Undoing leaves cells of joined formats in more rectangles than they need; those of many are left so.
Sub Tidy(doc, sheet)
  Dim formats, i, ranges, at
  formats = sheet.ConditionalFormats.getConditionalFormats()
  For i = 0 To UBound(formats)
    at = formats(i).Range.RangeAddresses
    If UBound(at) > 0 And UBound(at) < 2000 Then
      ranges = doc.createInstance("com.sun.star.sheet.SheetCellRanges")
      ranges.addRangeAddresses(at, True)
      formats(i).Range = ranges
    End If
  Next i
End Sub
