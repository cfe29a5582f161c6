Option Explicit
' Which fonts texts are in.

' Array(spans of one font, each Array(font, top, left, bottom, right); the pieces of the texts of the cells
' Array(row, column), each Array(font, text)). All count from 0.
Function Fonts(doc, place, cells_)
  Dim groups, sheet, i, j, at, spans(), pieces()
  groups = Area(doc, place).getUniqueCellFormatRanges()
  For i = 0 To groups.Count - 1
    at = groups.getByIndex(i).RangeAddresses
    For j = 0 To UBound(at)
      Append(spans, Array(groups.getByIndex(i).CharFontName, at(j).StartRow, at(j).StartColumn, at(j).EndRow, _
        at(j).EndColumn))
    Next j
  Next i
  sheet = doc.Sheets.getByName(place(0))
  For i = 0 To UBound(cells_)
    Append(pieces, PiecesOf(sheet.getCellByPosition(cells_(i)(1), cells_(i)(0))))
  Next i
  Fonts = Array(spans, pieces)
End Function

' Nothing of a very long text, which would take minutes.
Function PiecesOf(cell)
  Dim paragraphs, portions, portion, font, found()
  PiecesOf = found
  If IsVeryLong(cell) Then Exit Function
  paragraphs = cell.createEnumeration()
  font = ""
  Do While paragraphs.hasMoreElements()
    If UBound(found) >= 0 Then Append(found, Array(font, Chr(10)))
    portions = paragraphs.nextElement().createEnumeration()
    Do While portions.hasMoreElements()
      portion = portions.nextElement()
      font = portion.CharFontName
      Append(found, Array(font, portion.getString()))
    Loop
  Loop
  PiecesOf = found
End Function

Function IsVeryLong(cell)
  IsVeryLong = Len(cell.String) > 10000 Or UBound(Split(cell.String, Chr(10))) > 200
End Function
