Option Explicit
' How cells look: formats, borders, sizes, merged and hidden cells.

' A property that all cells have in common, or nothing. Asked of the range itself, LibreOffice gives a default.
Function Common(doc, place, member)
  Dim found(), i
  Common = Empty
  AppendSettings(found, doc, place, member)
  For i = 1 To UBound(found)
    If found(i) <> found(0) Then Exit Function
  Next i
  Common = found(0)
End Function

Sub AppendSettings(found, doc, place, member)
  Dim groups, i, one
  If IsArray(place(1)) Then
    For i = 0 To UBound(place(1))
      one = place(1)(i)
      AppendSettings(found, doc, Array(place(0), one(0), one(1), one(2), one(3)), member)
    Next i
  Else
    groups = Area(doc, place).getUniqueCellFormatRanges()
    For i = 0 To groups.Count - 1
      Append(found, groups.getByIndex(i).getPropertyValue(member))
    Next i
  End If
End Sub

Function Dress(doc, place, members, settings)
  Area(doc, place).setPropertyValues(members, settings)
  Dress = True
End Function

' The number format in English, or nothing where the block's cells differ.
Function GetFormat(doc, place)
  Dim key
  GetFormat = Empty
  key = Common(doc, place, "NumberFormat")
  If Not IsEmpty(key) Then GetFormat = FormatText(doc, key)
End Function

' A Vietnamese format says so in front, as in Excel; Vietnamese writes its formats as English does.
Function FormatText(doc, key)
  Dim found
  found = doc.NumberFormats.getByKey(key)
  FormatText = found.FormatString
  If found.Locale.Language = "vi" Then FormatText = "[$-42A]" & FormatText
End Function

' The formats of a block with where they are: Array(number format, font, rectangles).
Function Formats(doc, place)
  Dim groups, i, group, found()
  groups = Area(doc, place).getUniqueCellFormatRanges()
  For i = 0 To groups.Count - 1
    group = groups.getByIndex(i)
    Append(found, Array(FormatText(doc, group.NumberFormat), group.CharFontName, Corners(group)))
  Next i
  Formats = found
End Function

Function Corners(group)
  Dim at, found()
  For Each at In group.RangeAddresses
    Append(found, Array(at.StartRow, at.StartColumn, at.EndRow, at.EndColumn))
  Next at
  Corners = found
End Function

Function SetFormat(doc, place, code)
  Area(doc, place).NumberFormat = FormatKey(doc, code)
  SetFormat = True
End Function

' colors: (row, column, colour) in the block; -1 takes the colour away.
Function Colour(doc, place, colors)
  Dim cells, i
  cells = Area(doc, place)
  For i = 0 To UBound(colors)
    cells.getCellByPosition(colors(i)(1), colors(i)(0)).CellBackColor = colors(i)(2)
  Next i
  Colour = True
End Function

' Draws sides, each Array(property of a cell, line of the table's frame); pen is Array(style, width, colour):
' -1 leaves one as it is, the style -2 takes the line away, a side without a line begins thin and black.
Function Draw(doc, place, sides, pen)
  Dim cells, i
  cells = Area(doc, place)
  For i = 0 To UBound(sides)
    DrawSide(cells, sides(i)(0), sides(i)(1), pen)
  Next i
  Draw = True
End Function

Sub DrawSide(cells, member, line_, pen)
  Dim drawn
  drawn = NewLine(OldLine(cells, member, line_), pen)
  If line_ = "" Then
    cells.setPropertyValue(member, drawn)
  Else
    cells.TableBorder2 = WithLine(OpenFrame(cells), line_, drawn)
  End If
End Sub

' The frame of a block of which no line counts: set, it changes nothing.
Function OpenFrame(cells)
  Dim frame
  frame = cells.TableBorder2
  frame.IsTopLineValid = False
  frame.IsBottomLineValid = False
  frame.IsLeftLineValid = False
  frame.IsRightLineValid = False
  frame.IsHorizontalLineValid = False
  frame.IsVerticalLineValid = False
  OpenFrame = frame
End Function

' The edge of a larger block is read at its corner cell, lines inside it in the table's frame.
Function OldLine(cells, member, line_)
  Dim at, row, column
  at = cells.RangeAddress
  row = 0
  column = 0
  If member = "BottomBorder2" Then row = at.EndRow - at.StartRow
  If member = "RightBorder2" Then column = at.EndColumn - at.StartColumn
  If line_ = "VerticalLine" Then
    OldLine = cells.TableBorder2.VerticalLine
  ElseIf line_ = "HorizontalLine" Then
    OldLine = cells.TableBorder2.HorizontalLine
  Else
    OldLine = cells.getCellByPosition(column, row).getPropertyValue(member)
  End If
End Function

Function NewLine(old, pen)
  Dim made As New com.sun.star.table.BorderLine2
  made.Color = old.Color
  made.LineStyle = old.LineStyle
  made.LineWidth = old.LineWidth
  If pen(0) = -2 Then
    made.LineWidth = 0
  Else
    If pen(0) >= 0 Then made.LineStyle = pen(0)
    If made.LineWidth = 0 Then made.LineWidth = 26
    If pen(1) >= 0 Then made.LineWidth = pen(1)
    If pen(2) >= 0 Then made.Color = pen(2)
  End If
  made.OuterLineWidth = made.LineWidth
  NewLine = made
End Function

Function WithLine(frame, line_, drawn)
  Select Case line_
  Case "TopLine"
    frame.TopLine = drawn
    frame.IsTopLineValid = True
  Case "BottomLine"
    frame.BottomLine = drawn
    frame.IsBottomLineValid = True
  Case "LeftLine"
    frame.LeftLine = drawn
    frame.IsLeftLineValid = True
  Case "RightLine"
    frame.RightLine = drawn
    frame.IsRightLineValid = True
  Case "HorizontalLine"
    frame.HorizontalLine = drawn
    frame.IsHorizontalLineValid = True
  Case "VerticalLine"
    frame.VerticalLine = drawn
    frame.IsVerticalLineValid = True
  End Select
  WithLine = frame
End Function

' Widths, heights and places in hundredths of a millimetre: first column, first row, block, its corner.
Function Measure(doc, place)
  Dim cells
  cells = Area(doc, place)
  Measure = Array(cells.Columns.Width, cells.Rows.Height, cells.Size.Width, cells.Size.Height, _
    cells.Position.X, cells.Position.Y)
End Function

Function Lines(doc, place, down)
  If down Then
    Lines = Area(doc, place).Rows
  Else
    Lines = Area(doc, place).Columns
  End If
End Function

Function Stretch(doc, place, down, member, value)
  Lines(doc, place, down).setPropertyValue(member, value)
  Stretch = True
End Function

' The visible rows or columns of a block as Array(first, last), from 0. Whole rows or columns are looked at: what
' hides the one does not hide the other.
Function Shown(doc, place, down)
  Dim sheet, at, i, found()
  sheet = doc.Sheets.getByName(place(0))
  If down Then
    at = sheet.getCellRangeByPosition(0, place(1), sheet.Columns.Count - 1, place(3))
  Else
    at = sheet.getCellRangeByPosition(place(2), 0, place(4), sheet.Rows.Count - 1)
  End If
  at = at.queryVisibleCells().RangeAddresses
  For i = 0 To UBound(at)
    If down Then
      Append(found, Array(at(i).StartRow, at(i).EndRow))
    Else
      Append(found, Array(at(i).StartColumn, at(i).EndColumn))
    End If
  Next i
  Shown = found
End Function

' Merges the block, or each of its rows; with "" parts it again.
Function Join_(doc, place, how)
  Dim cells, row
  cells = Area(doc, place)
  If how = "across" Then
    For row = 0 To place(3) - place(1)
      cells.getCellRangeByPosition(0, row, place(4) - place(2), row).merge(True)
    Next row
  Else
    cells.merge(how = "all")
  End If
  Join_ = True
End Function

' The current region round a block, or the merged cells round it.
Function Region(doc, place, merged)
  Dim cursor
  cursor = doc.Sheets.getByName(place(0)).createCursorByRange(Area(doc, place))
  If merged Then
    cursor.collapseToMergedArea()
  Else
    cursor.collapseToCurrentRegion()
  End If
  Region = PlaceOf(doc, cursor.RangeAddress)
End Function

' True where all cells lie in one merged area, nothing where the block only holds merged cells.
Function MergeState(doc, place)
  Dim first
  first = Region(doc, Array(place(0), place(1), place(2), place(1), place(2)), True)
  If (first(3) > first(1) Or first(4) > first(2)) And place(3) <= first(3) Then
    MergeState = Empty
    If place(4) <= first(4) Then MergeState = True
  Else
    MergeState = False
    If (place(3) > place(1) Or place(4) > place(2)) And Area(doc, place).IsMerged Then MergeState = Empty
  End If
End Function

' Array(merged places that meet the block, its visible rows, its visible columns).
Function Layout(doc, place)
  Layout = Array(Merges(doc, place), Shown(doc, place, True), Shown(doc, place, False))
End Function

' All heads of merged cells: cells of one format have the same merge.
Function Merges(doc, place)
  Dim sheet, groups, i, j, at, size, cells, found()
  sheet = doc.Sheets.getByName(place(0))
  cells = Area(doc, Region(doc, place, True))
  groups = cells.getUniqueCellFormatRanges()
  For i = 0 To groups.Count - 1
    at = groups.getByIndex(i).RangeAddresses
    If sheet.getCellByPosition(at(0).StartColumn, at(0).StartRow).IsMerged Then
      size = MergedFrom(doc, place(0), at(0).StartRow, at(0).StartColumn)
      For j = 0 To UBound(at)
        AppendHeads(found, at(j), size, place)
      Next j
    End If
  Next i
  Merges = found
End Function

' Array(rows, columns) of the merge whose head is this cell.
Function MergedFrom(doc, sheet, row, column)
  Dim around
  around = Region(doc, Array(sheet, row, column, row, column), True)
  MergedFrom = Array(around(3) - row + 1, around(4) - column + 1)
End Function

Sub AppendHeads(found, at, size, place)
  Dim row, column, last, edge
  For row = at.StartRow To at.EndRow Step size(0)
    For column = at.StartColumn To at.EndColumn Step size(1)
      last = row + size(0) - 1
      edge = column + size(1) - 1
      If last >= place(1) And row <= place(3) And edge >= place(2) And column <= place(4) Then
        Append(found, Array(row, column, last, edge))
      End If
    Next column
  Next row
End Sub
