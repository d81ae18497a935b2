import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServerKit
import Shared

/// The counter: cashiers sign in, sell for cash, print slips and take back what went wrong. Plain pages, links and forms; its
/// addresses are ``CounterPath``'s.
struct CounterController: Sendable {
    typealias Handler = @Sendable (Request, AppRequestContext, CounterSession) async throws -> Response

    let inForce: SiteInForce
    let desk: CounterDesk
    let cortes: CorteStore
    let batches: BatchStore
    let slips: SlipDesk
    let resellers: ResellerDesk
    let login: CashierLogin
    let sessions: CounterSessions
    let pages: CounterPages

    func addRoutes(to router: some RouterMethods<AppRequestContext>) {
        router.get("/mostrador/imprimir.js") { [pages] request, _ in pages.script.response(to: request) }
        router.get("/mostrador/entrar", use: showLogin)
        router.post("/mostrador/entrar", use: signIn)
        router.post("/mostrador/salir", use: signedIn(signOut))
        router.get("/mostrador", use: signedIn(showHome))
        router.get("/mostrador/r/{router}/cobrar/{product}", use: signedIn(showCharge))
        router.post("/mostrador/r/{router}/cobrar/{product}", use: signedIn(charge))
        router.get("/mostrador/ventas/{sale}", use: signedIn(showSale))
        router.get("/mostrador/ventas/{sale}/boleto", use: signedIn(showSlip))
        router.post("/mostrador/ventas/{sale}/imprimir", use: signedIn(printSlip))
        router.post("/mostrador/ventas/{sale}/reimprimir", use: signedIn(reprint))
        router.get("/mostrador/ventas/{sale}/anular", use: signedIn(showVoid))
        router.post("/mostrador/ventas/{sale}/anular", use: signedIn(void))
        router.get("/mostrador/salida", use: signedIn(showOutlets))
        router.post("/mostrador/salida", use: signedIn(chooseOutlet))
        router.get("/mostrador/impresa", use: signedIn(showPrinted))
        router.post("/mostrador/impresa", use: signedIn(chargePrinted))
        router.get("/mostrador/lotes", use: signedIn(showBatches))
        router.post("/mostrador/lotes", use: signedIn(orderBatch))
        router.get("/mostrador/lotes/{batch}", use: signedIn(showBatch))
        router.get("/mostrador/lotes/{batch}/hojas/{sheet}", use: signedIn(showSheet))
        router.get("/mostrador/cortes", use: signedIn(showCorte))
        router.post("/mostrador/cortes", use: signedIn(closeTill))
        router.get("/mostrador/cortes/{corte}", use: signedIn(showClosed))
        addResellerRoutes(to: router)
    }

    // MARK: Pieces

    var site: SiteSnapshot { inForce.site.snapshot }

    /// A handler for whoever is signed in; others are led to the login. What goes wrong is said on a page of the counter.
    func signedIn(_ handler: @escaping Handler) -> @Sendable (Request, AppRequestContext) async throws -> Response {
        { request, context in
            guard let token = request.cookies[Self.cookie]?.value, let session = sessions.session(token, in: site)
            else {
                return seeOther(request.method == .post ? CounterPath.loginAgain : CounterPath.login)
            }
            do {
                return try await handler(request, context, session)
            } catch {
                guard let problem = APIError.ofCounter(error) else { throw error }
                if problem.status.kind == .serverError {
                    context.logger.error("the counter could not do it", metadata: ["error": "\(error)"])
                }
                return html(pages.error(problem, requestID: context.id, frame: frame(session)), status: problem.status)
            }
        }
    }

    /// The form of a page of this session.
    ///
    /// - Throws: ``CounterError/foreignForm``; `APIError` for what is no form.
    func form<Form: CounterForm>(of request: Request, in session: CounterSession) async throws -> Form {
        let form: Form = try await request.decodeForm()
        guard form.formKey == session.formKey else { throw CounterError.foreignForm }
        return form
    }

    func frame(_ session: CounterSession) -> CounterFrame {
        pages.frame(site, session: session)
    }

    /// A page for the printer, with its own style.
    func html(_ page: SlipPage) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: page.policy,
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: page.html)))
    }

    func html(_ page: String, status: HTTPResponse.Status = .ok) -> Response {
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: pages.policy,
        ]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
    }

    func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}
