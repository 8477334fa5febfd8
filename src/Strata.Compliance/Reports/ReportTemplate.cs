using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;

namespace Strata.Compliance;

/// <summary>A Handlebars template. The only user of the library.</summary>
internal static class ReportTemplate
{
    /// <summary>Fills a template with a report; values are escaped for HTML where the result is HTML.</summary>
    /// <exception cref="FormatException">The template cannot be used; the message says why.</exception>
    public static string Fill(string template, LicenseReport report, bool isHtml)
    {
        try
        {
            var engine = Handlebars.Create(new HandlebarsConfiguration { NoEscape = !isHtml, ThrowOnUnresolvedBindingExpression = true, TextEncoder = isHtml ? new HtmlEncoder() : null });
            return engine.Compile(template)(report);
        }
        catch (Exception e) when (e is HandlebarsException or HandlebarsUndefinedBindingException)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
