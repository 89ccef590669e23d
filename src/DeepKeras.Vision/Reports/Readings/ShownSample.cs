using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>A sample whose activation maps and attributions are drawn.</summary>
/// <param name="Inputs">Every input of the model, each as a batch of one.</param>
/// <param name="Picture">What it looks like.</param>
/// <param name="Prediction">What a classifier says about it.</param>
internal sealed record ShownSample(Tensor[] Inputs, Picture Picture, Prediction? Prediction)
{
    /// <summary>The picture with what it is and what it was taken for.</summary>
    public XElement ToFigure(ReportContext context, int width)
    {
        var picture = Picture.ToElement("input", width);
        if (Prediction is not { } said || !context.Reading.FirstOutputIsClasses) return Html.Figure(picture);
        var name = Html.Styled("b", said.Recognised == said.TrueClass ? "right-name" : "wrong-name", context.Options.ClassName(said.Recognised));
        var truth = said.Recognised == said.TrueClass ? null : $", is {context.Options.ClassName(said.TrueClass)}";
        return Html.Figure(picture, name, " " + Numeral.Percent(said.Confidence), truth);
    }
}
