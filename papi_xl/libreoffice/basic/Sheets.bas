Option Explicit
' Sheets, what is selected, names and tables; and the books of the application.

' So that no workbook keeps LibreOffice from ending, and none leaves its lock file behind.
Function CloseAll()
  Dim all, i
  all = Documents()
  For i = 0 To UBound(all)
    If HasUnoInterfaces(all(i), "com.sun.star.util.XCloseable") Then all(i).close(True)
  Next i
  CloseAll = True
End Function

Function Documents()
  Dim opened, all()
  opened = StarDesktop.Components.createEnumeration()
  Do While opened.hasMoreElements()
    Append(all, opened.nextElement())
  Loop
  Documents = all
End Function

' The open workbooks: Array(document, its identifier, address, title, day 0, whether it is in front).
Function Books()
  Dim all, i, front, found()
  all = Documents()
  front = ""
  If Not IsNull(StarDesktop.CurrentComponent) Then front = Identifier(StarDesktop.CurrentComponent)
  For i = 0 To UBound(all)
    If HasUnoInterfaces(all(i), "com.sun.star.sheet.XSpreadsheetDocument") Then
      Append(found, Array(all(i), all(i).RuntimeUID, all(i).URL, all(i).Title, DayNull(all(i)), all(i).RuntimeUID = front))
    End If
  Next i
  Books = found
End Function

Function Identifier(component)
  Identifier = ""
  If HasUnoInterfaces(component, "com.sun.star.sheet.XSpreadsheetDocument") Then Identifier = component.RuntimeUID
End Function

' beside: a sheet's name, "" for the active one.
Function AddSheet(doc, label, beside, after)
  Dim names, i, position
  names = doc.Sheets.ElementNames
  If beside = "" Then beside = doc.CurrentController.ActiveSheet.Name
  For i = 0 To UBound(names)
    If names(i) = beside Then position = i
  Next i
  If after Then position = position + 1
  doc.Sheets.insertNewByName(label, position)
  AddSheet = True
End Function

Function RemoveSheet(doc, label)
  doc.Sheets.removeByName(label)
  RemoveSheet = True
End Function

Function RenameSheet(doc, label, wanted)
  doc.Sheets.getByName(label).Name = wanted
  RenameSheet = True
End Function

Function Show_(doc, label, shown)
  doc.Sheets.getByName(label).IsVisible = shown
  Show_ = True
End Function

Function Activate(doc, label, front)
  Dim view
  view = doc.CurrentController
  view.setActiveSheet(doc.Sheets.getByName(label))
  If front Then view.Frame.activate()
  Activate = True
End Function

Function Front(doc)
  doc.CurrentController.Frame.activate()
  Front = True
End Function

Function Choose_(doc, place, front)
  Activate(doc, place(0), front)
  Point(doc, Area(doc, place))
  Choose_ = True
End Function

' Selects; a single cell gets the cursor alone and is not marked, as when a person clicks on it.
Sub Point(doc, chosen)
  Dim place
  doc.CurrentController.select(chosen)
  If Not HasUnoInterfaces(chosen, "com.sun.star.sheet.XCellRangeAddressable") Then Exit Sub
  place = chosen.RangeAddress
  If place.StartRow = place.EndRow And place.StartColumn = place.EndColumn Then
    doc.CurrentController.select(doc.createInstance("com.sun.star.sheet.SheetCellRanges"))
  End If
End Sub

' The selected block, or nothing where something else is selected.
Function Selection(doc)
  Dim chosen
  Selection = Empty
  If IsNull(doc.CurrentController) Then Exit Function
  chosen = doc.CurrentController.getSelection()
  If HasUnoInterfaces(chosen, "com.sun.star.sheet.XCellRangeAddressable") Then
    Selection = PlaceOf(doc, chosen.RangeAddress)
  ElseIf chosen.supportsService("com.sun.star.sheet.SheetCellRanges") Then
    If chosen.Count = 0 Then Selection = PlaceOf(doc, Cursor(doc).RangeAddress)
  End If
End Function

' The cell with the cursor. LibreOffice calls nothing selected where that one is hidden, and tells its place only
' in the text that describes the view: after three parts one for each sheet, beginning with column and row.
Function Cursor(doc)
  Dim sheet, part, ends
  sheet = doc.CurrentController.ActiveSheet
  part = Split(doc.CurrentController.ViewData, ";")(3 + sheet.RangeAddress.Sheet)
  ends = "/"
  If InStr(part, "+") > 0 Then ends = "+"
  Cursor = sheet.getCellByPosition(CLng(Split(part, ends)(0)), CLng(Split(part, ends)(1)))
End Function

Function Used(doc, label)
  Dim cursor
  cursor = doc.Sheets.getByName(label).createCursor()
  cursor.gotoStartOfUsedArea(False)
  cursor.gotoEndOfUsedArea(True)
  Used = PlaceOf(doc, cursor.RangeAddress)
End Function

' The names of the workbook and of its sheets, or of the sheet that is given: Array(sheet, label, reference, place or
' nothing). The reference is given where it is absolute, as LibreOffice writes it; for others see NameText.
Function NamesOf(doc, label)
  Dim owners(), i, j, names, labels, named, text, found()
  Append(owners, label)
  If label = "" Then
    For i = 0 To doc.Sheets.Count - 1
      Append(owners, doc.Sheets.getByIndex(i).Name)
    Next i
  End If
  For i = 0 To UBound(owners)
    names = NamesAt(doc, owners(i))
    labels = names.ElementNames
    For j = 0 To UBound(labels)
      named = names.getByName(labels(j))
      text = ""
      If IsAbsolute(named) Then text = named.Content
      Append(found, Array(owners(i), labels(j), text, NamePlace(doc, named)))
    Next j
  Next i
  NamesOf = found
End Function

Function IsAbsolute(named)
  Dim cells
  IsAbsolute = False
  cells = named.getReferredCells()
  If Not IsNull(cells) Then IsAbsolute = cells.AbsoluteName = named.Content
End Function

' The formula in Excel's notation. Making the parser takes longer than reading a hundred names.
Function NameText(doc, owner, label)
  Dim named
  named = NamesAt(doc, owner).getByName(label)
  NameText = "=" & Parser(doc).printFormula(named.getTokens(), named.ReferencePosition)
End Function

Function NamePlace(doc, named)
  Dim cells
  NamePlace = Empty
  cells = named.getReferredCells()
  If Not IsNull(cells) Then NamePlace = PlaceOf(doc, cells.RangeAddress)
End Function

Function NamesAt(doc, owner)
  If owner = "" Then
    NamesAt = doc.NamedRanges
  Else
    NamesAt = doc.Sheets.getByName(owner).NamedRanges
  End If
End Function

Function SetName(doc, owner, label, text)
  Dim names, origin As New com.sun.star.table.CellAddress
  names = NamesAt(doc, owner)
  If Not names.hasByName(label) Then names.addNewByName(label, "", origin, 0)
  names.getByName(label).setTokens(Parser(doc).parseFormula(text, origin))
  SetName = True
End Function

Function RemoveName(doc, owner, label)
  NamesAt(doc, owner).removeByName(label)
  RemoveName = True
End Function

' The tables of a sheet: Array(name, place, whether it has headers, whether it has filter buttons).
Function TablesOf(doc, label)
  Dim labels, i, one, at, found()
  labels = doc.DatabaseRanges.ElementNames
  For i = 0 To UBound(labels)
    one = doc.DatabaseRanges.getByName(labels(i))
    at = PlaceOf(doc, one.DataArea)
    If at(0) = label Then Append(found, Array(labels(i), at, one.ContainsHeader, one.AutoFilter))
  Next i
  TablesOf = found
End Function

' What a word means on a sheet: the place of a name or the body of a table; nothing where it means neither.
Function Resolve(doc, sheet, word)
  Dim found, i, at
  Resolve = Empty
  found = NamesOf(doc, "")
  For i = UBound(found) To 0 Step -1
    If LCase(found(i)(1)) = LCase(word) And (found(i)(0) = "" Or found(i)(0) = sheet) Then
      Resolve = Array(True, found(i)(3))
      Exit Function
    End If
  Next i
  found = TablesOf(doc, sheet)
  For i = 0 To UBound(found)
    at = found(i)(1)
    If found(i)(0) = word Then Resolve = Array(False, Array(at(0), at(1) - found(i)(2), at(2), at(3), at(4)))
  Next i
End Function

' Lets a sheet be printed across, as wide as a page, by a page style of its own: others may share the one it has.
Function FitWidth(doc, label)
  Dim styles, name_, style
  FitWidth = False
  On Error GoTo Refused
  styles = doc.StyleFamilies.getByName("PageStyles")
  name_ = "xlwings " & label
  If Not styles.hasByName(name_) Then styles.insertByName(name_, doc.createInstance("com.sun.star.style.PageStyle"))
  style = styles.getByName(name_)
  style.IsLandscape = True
  style.Width = 29700
  style.Height = 21000
  style.ScaleToPagesX = 1
  style.ScaleToPagesY = 0
  doc.Sheets.getByName(label).PageStyle = name_
  FitWidth = True
Refused:
End Function
