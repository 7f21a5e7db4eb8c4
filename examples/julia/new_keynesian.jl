# The three-equation New Keynesian model as a subject: `npx plumbline gate --subject "julia new_keynesian.jl"`.

include("PlumblineSubject.jl")
using .PlumblineSubject

"Coefficients of parameters (B, 8): beta, sigma, eta, phi, phiPi, phiY, rho, sigmaA."
function coefficients(parameters)
    beta, sigma, eta, phi, _, _, rho, sigma_a = eachcol(parameters)
    kappa = @. (1 - phi) * (1 - phi * beta) * (sigma + eta) / phi
    omega = @. (1 + eta) / (sigma + eta)
    magnitude = @. sigma * (1 - rho) * omega * sigma_a
    # 1 - rho^2 as a product: it does not cancel.
    return (; kappa, omega, shock_scale = -magnitude, deviation = @. magnitude / sqrt((1 - rho) * (1 + rho)))
end

"By how much the IS equation and the Phillips curve are missed."
function residuals(parameters, zeta, output, inflation, expected_output, expected_inflation)
    beta, sigma, _, _, phi_pi, phi_y, _, _ = eachcol(parameters)
    (; kappa) = coefficients(parameters)
    gap = @. phi_pi * inflation + phi_y * output - expected_inflation - zeta
    is = @. output - expected_output + gap / sigma
    return is, @. inflation - kappa * output - beta * expected_inflation
end

subject = Subject("New Keynesian model in Julia"; dtypes = ["float32", "float64"])

operation!(subject, "nk.coefficients") do input, _
    (; kappa, omega, shock_scale, deviation) = coefficients(input["parameters"])
    Dict("kappa" => kappa, "omega" => omega, "shockScale" => shock_scale, "ergodicDeviation" => deviation)
end

operation!(subject, "nk.residuals") do input, _
    states = [input[name] for name in ("zeta", "output", "inflation", "expectedOutput", "expectedInflation")]
    is, phillips = residuals(input["parameters"], states...)
    Dict("is" => is, "phillips" => phillips)
end

operation!(subject, "nk.step") do input, _
    (; shock_scale) = coefficients(input["parameters"])
    rho = input["parameters"][:, 7]
    Dict("zeta" => @. rho * input["zeta"] + shock_scale * input["innovation"])
end

serve(subject)
