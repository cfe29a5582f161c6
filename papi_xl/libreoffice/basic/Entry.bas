Option Explicit
' The ways in from outside. What would take one call per cell takes one call here.

' Carries out one task, Array(name, arguments): gives Array(True, result) or Array(False, what LibreOffice says).
Function Answer(task)
  On Error GoTo Refused
  Answer = Array(True, Carry(task(0), task(1)))
  Exit Function
Refused:
  Answer = Array(False, Error$)
End Function

' Carries out tasks, Array(name, arguments after the document), within one undo context, then changes of rules, which
' Calc does not record; a context may be begun and ended by different calls, with the same changes.
' Gives Array(True, results), or Array(False, number of the task, what LibreOffice says, all was taken back).
' Basic lets LibreOffice repaint while it runs: the lock makes it do so once, at the end.
Function Together(doc, title, tasks, begins, ends, changes)
  doc.addActionLock()
  Together = InTurn(doc, title, tasks, begins, ends, changes)
  doc.removeActionLock()
End Function

' Raises nothing.
Function InTurn(doc, title, tasks, begins, ends, changes)
  Dim i, said, view, results()
  On Error GoTo Refused
  i = -1
  If begins Then
    For i = 0 To UBound(changes)
      PrepareRules(doc, changes(i))
    Next i
    i = -1
    If Not doc.UndoManager.isLocked() Then
      doc.UndoManager.enterUndoContext(title)
      Anchor(doc)
    End If
  End If
  For i = 0 To UBound(tasks)
    Append(results, Carry(tasks(i)(0), Led(doc, tasks(i)(1))))
  Next i
  If ends Then Left_(doc)
  On Error GoTo RulesRefused
  view = ViewOf(doc)
  For i = 0 To UBound(changes)
    If ends Then ChangeRules(doc, changes(i))
  Next i
  If ends And UBound(changes) >= 0 Then ShowAgain(doc, view)
  InTurn = Array(True, results)
  Exit Function
Refused:
  said = Error$
  Resume Leaving
Leaving:
  InTurn = Array(False, i, said, TakenBack(doc, True))
  Exit Function
RulesRefused:
  said = Error$
  Resume Undoing
Undoing:
  InTurn = Array(False, UBound(tasks) + 1 + i, said, TakenBack(doc, False))
End Function

' The arguments of a task with the document in front: handing it over with every task takes longer.
Function Led(doc, arguments)
  Dim i, all(UBound(arguments) + 1)
  all(0) = doc
  For i = 0 To UBound(arguments)
    all(i + 1) = arguments(i)
  Next i
  Led = all
End Function

' Leaves the undo context; False where none was begun because the document kept no undo.
Function Left_(doc)
  On Error GoTo Never
  Left_ = False
  doc.UndoManager.leaveUndoContext()
  Left_ = True
Never:
End Function

' Leaves the undo context where it is still open and undoes it; False where the document keeps no undo.
Function TakenBack(doc, inside)
  Dim view
  On Error GoTo Kept
  TakenBack = False
  view = ViewOf(doc)
  If inside Then Touch(doc.Sheets.getByIndex(0).getCellByPosition(0, 0))
  If inside And Not Left_(doc) Then Exit Function
  If doc.UndoManager.isLocked() Or Not doc.UndoManager.isUndoPossible() Then Exit Function
  doc.UndoManager.undo()
  doc.UndoManager.clearRedo()
  TakenBack = True
  ShowAgain(doc, view)
Kept:
End Function

' What is seen and selected, which undoing changes.
Function ViewOf(doc)
  ViewOf = Array(doc.CurrentController.ActiveSheet, doc.CurrentController.getSelection())
End Function

Sub ShowAgain(doc, view)
  On Error GoTo Gone
  doc.CurrentController.setActiveSheet(view(0))
  Point(doc, view(1))
Gone:
End Sub

' Undo goes to where the last action that it undoes took place: here, the first of a batch is where the user is.
Sub Anchor(doc)
  Dim chosen
  On Error GoTo Elsewhere
  chosen = doc.CurrentController.getSelection()
  If HasUnoInterfaces(chosen, "com.sun.star.table.XCellRange") Then
    Touch(chosen.getCellByPosition(0, 0))
  ElseIf chosen.supportsService("com.sun.star.sheet.SheetCellRanges") Then
    If chosen.Count = 0 Then Touch(Cursor(doc))
  End If
Elsewhere:
End Sub

' Records an undo action that changes nothing; undoing it restores the block's conditional formats.
Sub Touch(block)
  block.TableBorder2 = OpenFrame(block)
End Sub

Function Carry(name_, a)
  Select Case name_
  Case "Together": Carry = Together(a(0), a(1), a(2), a(3), a(4), a(5))
  Case "TakenBack": Carry = TakenBack(a(0), a(1))
  Case "CloseAll": Carry = CloseAll()
  Case "Books": Carry = Books()
  Case "Area": Carry = Area(a(0), a(1))
  Case "Values": Carry = Values(a(0), a(1), a(2))
  Case "Block": Carry = Block(a(0), a(1), a(2), a(3))
  Case "Enter": Carry = Enter(a(0), a(1), a(2), a(3), a(4), a(5))
  Case "Reserve": Carry = Reserve(a(0), a(1))
  Case "Finish": Carry = Finish(a(0), a(1), a(2), a(3))
  Case "Fill": Carry = Fill(a(0), a(1), a(2))
  Case "FillArray": Carry = FillArray(a(0), a(1), a(2))
  Case "ArrayFormula": Carry = ArrayFormula(a(0), a(1))
  Case "HasArray": Carry = HasArray(a(0), a(1))
  Case "Wipe": Carry = Wipe(a(0), a(1), a(2))
  Case "Link": Carry = Link(a(0), a(1), a(2), a(3))
  Case "LinkTarget": Carry = LinkTarget(a(0), a(1))
  Case Else: Carry = CarryLook(name_, a)
  End Select
End Function

Function CarryLook(name_, a)
  Select Case name_
  Case "Formats": CarryLook = Formats(a(0), a(1))
  Case "RichTexts": CarryLook = RichTexts(a(0), a(1), a(2))
  Case "PutRichText": CarryLook = PutRichText(a(0), a(1), a(2), a(3))
  Case "Common": CarryLook = Common(a(0), a(1), a(2))
  Case "Dress": CarryLook = Dress(a(0), a(1), a(2), a(3))
  Case "GetFormat": CarryLook = GetFormat(a(0), a(1))
  Case "SetFormat": CarryLook = SetFormat(a(0), a(1), a(2))
  Case "Colour": CarryLook = Colour(a(0), a(1), a(2))
  Case "Draw": CarryLook = Draw(a(0), a(1), a(2), a(3))
  Case "Measure": CarryLook = Measure(a(0), a(1))
  Case "Stretch": CarryLook = Stretch(a(0), a(1), a(2), a(3), a(4))
  Case "Shown": CarryLook = Shown(a(0), a(1), a(2))
  Case "Join": CarryLook = Join_(a(0), a(1), a(2))
  Case "MergeState": CarryLook = MergeState(a(0), a(1))
  Case "Region": CarryLook = Region(a(0), a(1), a(2))
  Case "Layout": CarryLook = Layout(a(0), a(1))
  Case "Fonts": CarryLook = Fonts(a(0), a(1), a(2))
  Case Else: CarryLook = CarrySheet(name_, a)
  End Select
End Function

Function CarrySheet(name_, a)
  Select Case name_
  Case "SheetNames": CarrySheet = a(0).Sheets.ElementNames
  Case "AddSheet": CarrySheet = AddSheet(a(0), a(1), a(2), a(3))
  Case "RemoveSheet": CarrySheet = RemoveSheet(a(0), a(1))
  Case "RenameSheet": CarrySheet = RenameSheet(a(0), a(1), a(2))
  Case "Activate": CarrySheet = Activate(a(0), a(1), a(2))
  Case "Choose": CarrySheet = Choose_(a(0), a(1), a(2))
  Case "Front": CarrySheet = Front(a(0))
  Case "ActiveName": CarrySheet = a(0).CurrentController.ActiveSheet.Name
  Case "Selection": CarrySheet = Selection(a(0))
  Case "Used": CarrySheet = Used(a(0), a(1))
  Case "FitWidth": CarrySheet = FitWidth(a(0), a(1))
  Case "IsShown": CarrySheet = a(0).Sheets.getByName(a(1)).IsVisible
  Case "Show": CarrySheet = Show_(a(0), a(1), a(2))
  Case "Guards": CarrySheet = Array(a(0).isReadonly(), a(0).isProtected(), ProtectedSheets(a(0)))
  Case "NamesOf": CarrySheet = NamesOf(a(0), a(1))
  Case "NameText": CarrySheet = NameText(a(0), a(1), a(2))
  Case "SetName": CarrySheet = SetName(a(0), a(1), a(2), a(3))
  Case "RemoveName": CarrySheet = RemoveName(a(0), a(1), a(2))
  Case "TablesOf": CarrySheet = TablesOf(a(0), a(1))
  Case "Resolve": CarrySheet = Resolve(a(0), a(1), a(2))
  Case "RulesOf": CarrySheet = RulesOf(a(0), a(1))
  Case "RecordRules": CarrySheet = RecordRules(a(0), a(1))
  Case Else: Err = 35  ' no such function
  End Select
End Function
