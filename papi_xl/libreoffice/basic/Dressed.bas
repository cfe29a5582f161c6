Option Explicit
' Cells whose text is not of one look, and links. A piece is Array(text, Array(settings), address of its link or "").

' The cells of a block with such a text, very long ones left out: Array(row, column, pieces), sheet coordinates from 0.
Function RichTexts(doc, place, members)
  Dim at, cells, cell, row, column, pieces, found()
  For Each at In Area(doc, place).queryContentCells(512).RangeAddresses
    cells = doc.Sheets.getByIndex(at.Sheet)
    For row = at.StartRow To at.EndRow
      For column = at.StartColumn To at.EndColumn
        cell = cells.getCellByPosition(column, row)
        pieces = Array()
        If Not IsVeryLong(cell) Then pieces = RichText(cell, members)
        If UBound(pieces) > 0 Or (UBound(pieces) = 0 And cell.TextFields.Count > 0) Then Append(found, Array(row, column, pieces))
      Next column
    Next row
  Next at
  RichTexts = found
End Function

' Neighbours of one look are one piece; a new paragraph is a new line.
Function RichText(cell, members)
  Dim paragraphs, portions, portion, fields, field, begins, made()
  fields = 0
  paragraphs = cell.createEnumeration()
  begins = ""
  Do While paragraphs.hasMoreElements()
    portions = paragraphs.nextElement().createEnumeration()
    Do While portions.hasMoreElements()
      portion = portions.nextElement()
      field = ""
      If portion.TextPortionType = "TextField" Then
        field = cell.TextFields.getByIndex(fields).URL
        fields = fields + 1
      End If
      Join_To(made, begins & portion.String, portion.getPropertyValues(members), field)
      begins = ""
    Loop
    begins = begins & Chr(10)
  Loop
  RichText = made
End Function

Sub Join_To(made, text, settings, link_)
  Dim last, i
  last = UBound(made)
  If last >= 0 And link_ = "" Then
    For i = 0 To UBound(settings)
      If made(last)(1)(i) <> settings(i) Then Exit For
    Next i
    If i > UBound(settings) And made(last)(2) = "" Then
      made(last) = Array(made(last)(0) & text, settings, "")
      Exit Sub
    End If
  End If
  Append(made, Array(text, settings, link_))
End Sub

' Writes a text whose pieces have looks of their own, or are links.
Function PutRichText(doc, place, members, pieces)
  Dim cell, cursor, field, i
  cell = Area(doc, place).getCellByPosition(0, 0)
  cell.String = ""
  For i = 0 To UBound(pieces)
    cursor = cell.createTextCursor()
    cursor.gotoEnd(False)
    If pieces(i)(2) = "" Then
      cell.insertString(cursor, pieces(i)(0), False)
    Else
      field = doc.createInstance("com.sun.star.text.TextField.URL")
      field.URL = pieces(i)(2)
      field.Representation = pieces(i)(0)
      cell.insertTextContent(cursor, field, False)
    End If
  Next i
  PutLooks(cell, members, pieces)
  PutRichText = True
End Function

Sub PutLooks(cell, members, pieces)
  Dim cursor, i, size
  cursor = cell.createTextCursor()
  cursor.gotoStart(False)
  For i = 0 To UBound(pieces)
    size = Len(pieces(i)(0))
    If pieces(i)(2) <> "" Then size = 1
    cursor.goRight(size, True)
    If UBound(pieces(i)(1)) >= 0 Then Dress_(cursor, members, pieces(i)(1))
    cursor.collapseToEnd()
  Next i
End Sub

' A cursor takes settings in the order of their names only; too few leave the last members alone.
Sub Dress_(cursor, members, settings)
  Dim i
  For i = 0 To UBound(settings)
    cursor.setPropertyValue(members(i), settings(i))
  Next i
End Sub
