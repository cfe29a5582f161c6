Option Explicit
' The cell styles that hold the look of conditional formats.

' What a style sets itself: fill, font colour, bold, italic; -1 for what it leaves alone. styles: all cell styles.
Function Look(styles, label)
  Dim style, own, found(3)
  found(0) = -1
  found(1) = -1
  found(2) = -1
  found(3) = -1
  Look = found
  If Not styles.hasByName(label) Then Exit Function
  style = styles.getByName(label)
  own = style.getPropertyStates(Array("CellBackColor", "CharColor", "CharWeight", "CharPosture"))
  If own(0) = com.sun.star.beans.PropertyState.DIRECT_VALUE Then found(0) = style.CellBackColor
  If own(1) = com.sun.star.beans.PropertyState.DIRECT_VALUE Then found(1) = style.CharColor
  If own(2) = com.sun.star.beans.PropertyState.DIRECT_VALUE Then found(2) = Abs(style.CharWeight > 100)
  If own(3) = com.sun.star.beans.PropertyState.DIRECT_VALUE Then found(3) = Abs(style.CharPosture <> 0)
  Look = found
End Function

Function IsOwn(style, member)
  IsOwn = (style.getPropertyState(member) = com.sun.star.beans.PropertyState.DIRECT_VALUE)
End Function

' The cell style of a look, made where there is none yet.
Function StyleOf(doc, look_)
  Dim label
  label = "xlwings " & look_(0) & " " & look_(1) & " " & look_(2) & " " & look_(3)
  If doc.StyleFamilies.getByName("CellStyles").hasByName(label) Then
    StyleOf = label
    Exit Function
  End If
  StyleOf = KnownStyle(doc, look_)
  If StyleOf <> "" Then Exit Function
  StyleOf = label
  If UBound(ProtectedSheets(doc)) >= 0 Then
    BorrowStyle(doc, label, look_)
  Else
    MakeStyle(doc, label, look_)
  End If
End Function

Sub MakeStyle(doc, label, look_)
  Dim styles, style
  styles = doc.StyleFamilies.getByName("CellStyles")
  styles.insertByName(label, doc.createInstance("com.sun.star.style.CellStyle"))
  style = styles.getByName(label)
  If look_(0) >= 0 Then style.CellBackColor = look_(0)
  If look_(1) >= 0 Then style.CharColor = look_(1)
  If look_(2) >= 0 Then style.CharWeight = 100 + 50 * look_(2)
  If look_(3) >= 0 Then style.CharPosture = 2 * look_(3)
End Sub

' LibreOffice lets nobody change styles where any sheet is protected, but takes over those of another workbook.
Sub BorrowStyle(doc, label, look_)
  Dim other, hide(0) As New com.sun.star.beans.PropertyValue, kinds(1) As New com.sun.star.beans.PropertyValue
  hide(0).Name = "Hidden"
  hide(0).Value = True
  other = StarDesktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hide())
  MakeStyle(other, label, look_)
  kinds(0).Name = "OverwriteStyles"
  kinds(0).Value = False
  kinds(1).Name = "LoadPageStyles"
  kinds(1).Value = False
  doc.StyleFamilies.loadStylesFromDocument(other, kinds())
  other.close(True)
End Sub

Function ProtectedSheets(doc)
  Dim i, found()
  For i = 0 To doc.Sheets.Count - 1
    If doc.Sheets.getByIndex(i).isProtected() Then Append(found, doc.Sheets.getByIndex(i).Name)
  Next i
  ProtectedSheets = found
End Function

' A style that came with the file and holds just this look: unlike those made here it brings no font along.
Function KnownStyle(doc, look_)
  Dim styles, labels, i, j, one
  KnownStyle = ""
  styles = doc.StyleFamilies.getByName("CellStyles")
  labels = styles.ElementNames
  For i = 0 To UBound(labels)
    If InStr(labels(i), "ConditionalStyle_") = 1 Then
      one = Look(styles, labels(i))
      For j = 0 To 3
        If one(j) <> look_(j) Then Exit For
      Next j
      If j > 3 And Not IsBordered(styles.getByName(labels(i))) Then
        KnownStyle = labels(i)
        Exit Function
      End If
    End If
  Next i
End Function

Function IsBordered(style)
  IsBordered = IsOwn(style, "TopBorder") Or IsOwn(style, "BottomBorder") Or IsOwn(style, "LeftBorder")
End Function
