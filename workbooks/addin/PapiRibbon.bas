Attribute VB_Name = "PapiRibbon"
Option Explicit

' Forwards the buttons of ribbon.xml to papi_xl.macros through the installed xlwings add-in.
' ASCII only: the VBA editor and MsgBox cannot hold Vietnamese everywhere.

Private Const TITLE As String = "PAPI"
Private Const RUNNING As String = "PAPI: dang chay..."
Private Const XLWINGS As String = "xlwings.xlam"
Private Const SETTINGS As String = "xlwings.conf"

' xlwings puts the workbook's full name into a command line: what the shell would act on.
#If Mac Then
Private Const SEPARATOR As String = "/"
Private Const UNSAFE As String = "*[$`""\|;]*"
#Else
Private Const SEPARATOR As String = "\"
Private Const UNSAFE As String = "*[;^]*"
#End If

Private Const NO_BOOK As String = _
    "Chua mo tep nao. Hay mo bieu roi bam lai. Neu co thanh vang, bam Enable Editing truoc. " & _
    "De hop nhat, mo mot tep trong (Ctrl+N) cung duoc." & vbCrLf & vbCrLf & _
    "No workbook is open. Open the form and click again; on a yellow bar press Enable Editing first. " & _
    "To consolidate, an empty workbook (Ctrl+N) will do."
Private Const PROTECTED As String = _
    "Tep dang mo o che do Protected View. Bam Enable Editing tren thanh vang roi bam lai." & vbCrLf & vbCrLf & _
    "The file is in Protected View. Press Enable Editing on the yellow bar and click again."
Private Const SETTINGS_SHEET As String = _
    "Tep co trang tinh co the lam Excel chay chuong trinh la nen PAPI khong chay. " & _
    "Hay chep bieu sang tep moi roi bam lai, va hoi nguoi gui." & vbCrLf & vbCrLf & _
    "A sheet could make Excel run a foreign program. Copy the table to a new workbook and click again."
Private Const SETTINGS_FILE As String = _
    "Canh bieu co tep xlwings.conf, co the lam Excel chay chuong trinh la nen PAPI khong chay. " & _
    "Hay chuyen bieu sang thu muc khac roi bam lai." & vbCrLf & vbCrLf & _
    "xlwings.conf beside the workbook could make Excel run a foreign program. " & _
    "Move the workbook to another folder and click again."
Private Const UNSAFE_NAME As String = _
    "Ten tep hoac thu muc co ky tu khong dung duoc (nhu ; hoac ^). Hay doi ten roi bam lai." & vbCrLf & vbCrLf & _
    "The name of the file or a folder has a character that cannot be used (such as ; or ^). Rename it and click again."
Private Const FAILED As String = _
    "Khong goi duoc xlwings. Hay chay lenh papi-xl install, dong Excel, mo lai roi bam lai." & vbCrLf & vbCrLf & _
    "xlwings could not be called. Run papi-xl install, restart Excel and click again."

Public Sub PapiCheck(control As IRibbonControl)
    RunMacro "check"
End Sub

Public Sub PapiNextFinding(control As IRibbonControl)
    RunMacro "next_finding"
End Sub

Public Sub PapiFix(control As IRibbonControl)
    RunMacro "fix"
End Sub

Public Sub PapiUndoFixes(control As IRibbonControl)
    RunMacro "undo_fixes"
End Sub

Public Sub PapiRepair(control As IRibbonControl)
    RunMacro "repair"
End Sub

Public Sub PapiSummarize(control As IRibbonControl)
    RunMacro "summarize"
End Sub

Public Sub PapiEmail(control As IRibbonControl)
    RunMacro "email"
End Sub

Public Sub PapiConsolidate(control As IRibbonControl)
    RunMacro "consolidate"
End Sub

Public Sub PapiDoctor(control As IRibbonControl)
    RunMacro "doctor"
End Sub

Private Sub RunMacro(ByVal macro As String)
    Dim message As String
    message = Objection()
    If Len(message) > 0 Then
        MsgBox message, vbExclamation, TITLE
        Exit Sub
    End If
    On Error GoTo NotRun
    Application.StatusBar = RUNNING
    Application.Run XLWINGS & "!RunPython", "import papi_xl.macros; papi_xl.macros." & macro & "()"
    ClearStatus
    Exit Sub
NotRun:
    message = WithDetail(FAILED, Err.Number & ": " & Err.Description)
    ClearStatus
    MsgBox message, vbCritical, TITLE
End Sub

Private Function WithDetail(ByVal message As String, ByVal detail As String) As String
    WithDetail = message & vbCrLf & vbCrLf & "(" & detail & ")"
End Function

' What Python has set, such as the next finding, stays.
Private Sub ClearStatus()
    If CStr(Application.StatusBar) = RUNNING Then Application.StatusBar = False
End Sub

' Why nothing may run now, or "". xlwings takes the program to start from the sheet and from the file xlwings.conf
' that come with a workbook, and code from sheets named *.py: a mailed workbook could have Excel run anything.
Private Function Objection() As String
    Dim book As Workbook
    Set book = ActiveWorkbook
    If book Is Nothing Then
        Objection = NO_BOOK
    ElseIf Len(SettingsSheet(book)) > 0 Then
        Objection = WithDetail(SETTINGS_SHEET, SettingsSheet(book))
    ElseIf book.FullName Like UNSAFE Then
        Objection = UNSAFE_NAME
    ElseIf XlwingsIsOpen() Then
        If InProtectedView() Then
            Objection = PROTECTED
        ElseIf SettingsBeside(book.Path) Then
            Objection = SETTINGS_FILE
        End If
    End If
End Function

Private Function SettingsSheet(ByVal book As Workbook) As String
    Dim sheet As Object
    For Each sheet In book.Sheets
        If LCase$(Right$(sheet.Name, 3)) = ".py" Then SettingsSheet = sheet.Name
    Next sheet
    ' Asked as xlwings asks, so that Excel says which names are the same.
    On Error Resume Next
    SettingsSheet = book.Sheets(SETTINGS).Name
End Function

Private Function XlwingsIsOpen() As Boolean
    Dim addin As Workbook
    On Error Resume Next
    Set addin = Workbooks(XLWINGS)
    XlwingsIsOpen = Not addin Is Nothing
End Function

' Late bound: not every Excel has Protected View.
Private Function InProtectedView() As Boolean
    Dim host As Object
    Set host = Application
    On Error Resume Next
    InProtectedView = Not host.ActiveProtectedViewWindow Is Nothing
End Function

Private Function SettingsBeside(ByVal folder As String) As Boolean
    Dim variable As Variant
    If InStr(folder, "://") = 0 Then
        SettingsBeside = IsThere(folder & SEPARATOR & SETTINGS)
        Exit Function
    End If
    ' xlwings looks for the place of an OneDrive address under these folders (GetFullName in its Utils.bas).
    For Each variable In Array("OneDriveCommercial", "OneDriveConsumer", "OneDrive")
        If SettingsUnder(Environ$(variable), Replace(folder & "/", "/", SEPARATOR)) Then SettingsBeside = True
    Next variable
End Function

' Whether the settings lie under root in a folder that any tail of the address names.
Private Function SettingsUnder(ByVal root As String, ByVal address As String) As Boolean
    Dim at As Long
    If Len(root) = 0 Then Exit Function
    at = InStr(Len("https://") + 1, address, SEPARATOR)
    Do While at > 0
        If IsThere(root & Mid$(address, at) & SETTINGS) Then
            SettingsUnder = True
            Exit Function
        End If
        at = InStr(at + 1, address, SEPARATOR)
    Loop
End Function

' Asked as xlwings asks: GetAttr on Windows, Dir on a Mac; what cannot be asked for is not there.
Private Function IsThere(ByVal path As String) As Boolean
    On Error Resume Next
    IsThere = Len(CStr(GetAttr(path))) > 0
    If Not IsThere Then IsThere = Len(Dir$(path, vbDirectory)) > 0
End Function
