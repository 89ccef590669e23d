// What a network that learned ImageNet's thousand classes sees on a photo.
// usage: imagenet-classify photo.jpg [network, resnet50 by default] [weights: a set's name or a file, "imagenet" by default]
using System.Globalization;
using DeepKeras.Applications;
using DeepKeras.Vision;

if (args.Length == 0)
{
    Console.WriteLine("usage: imagenet-classify photo.jpg [network] [weights]");
    return 1;
}
try
{
    var photo = ImageFile.Load(args[0], channels: 3);
    var net = Zoo.Create(args.Length > 1 ? args[1] : "resnet50", weights: args.Length > 2 ? args[2] : "imagenet");
    foreach (var seen in net.DecodePredictions(net.Predict(net.Preprocess(photo)))[0])
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seen.Probability,7:0.0 %}  {seen.Name}"));
    }
    return 0;
}
catch (KerasException error)
{
    // No photo, no such network, or weights that could not be fetched: the text says what to do.
    Console.Error.WriteLine(error.Message);
    return 1;
}
